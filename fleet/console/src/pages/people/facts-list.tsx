import { Fragment } from 'react';
import { texts } from '../../locales/texts.ts';

/** What is known of somebody, label by label; what nobody said is told to be missing. */
export function FactsList({ facts }: { facts: readonly (readonly [string, string | null])[] }) {
  const text = texts.useText();
  return (
    <dl className="facts">
      {facts.map(([label, fact]) => (
        <Fragment key={label}>
          <dt>{label}</dt>
          <dd>{fact || <span className="t2">{text('organization.unsaid')}</span>}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
