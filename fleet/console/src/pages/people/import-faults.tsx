import type { ImportCheck } from '@anteroom/shared/api/imports.ts';
import { importColumns, importFaults } from '@anteroom/shared/people/import.ts';
import { localize } from '@anteroom/shared/text.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { texts } from '../../locales/texts.ts';

/** More rows than anybody corrects by reading a page; the result file has them all. */
const mostShown = 300;

/** What the dry run found: how many go in, and each row that does not, with why. */
export function ImportFaults({ fate: { rows, good, refused } }: { fate: ImportCheck }) {
  const text = texts.useText();
  const { language } = useLanguage();
  return (
    <>
      <p role="status">
        <b>{text('import.good', { count: good })}</b>{' '}
        {refused.length > 0 ? text('import.bad', { count: refused.length, rows }) : text('import.noneBad')}
      </p>
      {refused.length > 0 ? (
        <table className="table" aria-label={text('import.faults')}>
          <thead>
            <tr>
              <th scope="col">{text('import.line')}</th>
              <th scope="col">{text('import.name')}</th>
              <th scope="col">{text('import.why')}</th>
            </tr>
          </thead>
          <tbody>
            {refused.slice(0, mostShown).map(({ line, name, faults }) => (
              <tr key={line}>
                <td className="tabular">{line}</td>
                <td>{name}</td>
                <td>
                  {faults.map(({ column, code, values }) => (
                    <p key={`${column} ${code}`}>
                      <span className="t3">{importColumns[column][language]}</span>{' '}
                      {localize(importFaults[code], language, values)}
                    </p>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {refused.length > mostShown ? (
        <p className="t2">{text('import.more', { count: refused.length - mostShown })}</p>
      ) : null}
    </>
  );
}
