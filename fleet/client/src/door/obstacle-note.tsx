import { joinRefusalTexts } from '@anteroom/shared/meeting/refusal.ts';
import { localize } from '@anteroom/shared/text.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { uiTexts } from '@anteroom/ui/locales/texts.ts';
import { useProblemSentence } from '@anteroom/ui/text/problem-text.tsx';
import { IconAlertTriangle } from '@tabler/icons-react';
import { texts } from '../locales/texts.ts';
import type { Obstacle } from '../stage.ts';

/** Why the door did not open, and who can end it. */
export function ObstacleNote({ obstacle }: { obstacle: Obstacle | null }) {
  const text = texts.useText();
  const ui = uiTexts.useText();
  const { language } = useLanguage();
  const sentence = useProblemSentence();
  if (!obstacle) return null;
  return (
    <div className="note" role="alert">
      <IconAlertTriangle size={20} stroke={1.75} aria-hidden="true" />
      <p>
        {obstacle.kind === 'noAnswer' ? text('obstacle.noAnswer') : null}
        {obstacle.kind === 'problem' ? sentence(obstacle.problem) : null}
        {obstacle.kind === 'refused' ? (
          <>
            {localize(joinRefusalTexts[obstacle.reason].text, language)}{' '}
            <span className="t2">{ui(`fixer.${joinRefusalTexts[obstacle.reason].fixer}`)}</span>
          </>
        ) : null}
      </p>
    </div>
  );
}
