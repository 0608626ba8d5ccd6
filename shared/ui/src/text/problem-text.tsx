import { errorCatalogue } from '@anteroom/shared/errors/catalogue.ts';
import type { Problem } from '@anteroom/shared/errors/problem.ts';
import { localize } from '@anteroom/shared/text.ts';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useLanguage } from '../i18n/language.tsx';
import './text.css';

const texts = new Map(Object.entries(errorCatalogue).map(([code, entry]) => [code, entry.text]));

/** The sentence of a problem in the reader's language; a code that this page does not know keeps the server's words. */
export function useProblemSentence(): (problem: Problem) => string {
  const { language } = useLanguage();
  return (problem) => {
    const text = texts.get(problem.code);
    return text ? localize(text, language, problem.values) : problem.detail;
  };
}

/** What happened and what to do; with the fields at fault when the server named them. Announced when it appears. */
export function ProblemText({ problem }: { problem: Problem }) {
  const sentence = useProblemSentence();
  return (
    <div className="problem" role="alert">
      <IconAlertTriangle aria-hidden="true" size="1.4em" stroke={1.75} />
      <div>
        <div className="problem-what">{sentence(problem)}</div>
        {problem.fields && problem.fields.length > 0 && (
          <ul className="problem-fields">
            {problem.fields.map((field) => (
              <li key={field.path}>
                {field.path}: {field.message}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
