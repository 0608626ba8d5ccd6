import { uiTexts } from '@anteroom/ui/locales/texts.ts';
import { IconAlertTriangle, IconCheck, IconCircleDashed, IconCircleX, IconMinus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { type CheckId, type Finding, meanings, type Verdict } from './findings.ts';
import { checkTexts } from './locales/texts.ts';

const icon = { size: 24, stroke: 2, 'aria-hidden': true } as const;
const icons: Record<Verdict, ReactNode> = {
  good: <IconCheck {...icon} />,
  warning: <IconAlertTriangle {...icon} />,
  bad: <IconCircleX {...icon} />,
  untested: <IconMinus {...icon} />,
};

/** One test: what it is, and what came out of it, or what is asked of the person meanwhile. */
export function CheckRow({
  check,
  finding,
  isCurrent,
  children,
}: {
  check: CheckId;
  finding: Finding | null;
  isCurrent: boolean;
  children: ReactNode;
}) {
  const text = checkTexts.useText();
  const ui = uiTexts.useText();
  const verdict = finding ? meanings[finding.code].verdict : null;
  const fixer = finding ? meanings[finding.code].fixer : null;
  return (
    <li className="check" data-verdict={verdict ?? undefined} data-current={isCurrent ? '' : undefined}>
      <span className="check-mark">{verdict ? icons[verdict] : <IconCircleDashed {...icon} />}</span>
      <div className="check-words">
        <p className="check-name">
          <b>{text(`name.${check}`)}</b>
          <span>{verdict ? text(`verdict.${verdict}`) : text(isCurrent ? 'testing' : 'waits')}</span>
        </p>
        {finding ? (
          <p>
            <FindingWords finding={finding} /> {fixer ? <span className="t2">{ui(`fixer.${fixer}`)}</span> : null}
          </p>
        ) : null}
        {isCurrent ? children : null}
      </div>
    </li>
  );
}

function FindingWords({ finding: { code, values } }: { finding: Finding }) {
  const text = checkTexts.useText();
  const number = (name: string) => values[name] ?? 0;
  switch (code) {
    case 'signalling.good':
      return text(code, { openedMs: number('openedMs') });
    case 'media.good':
    case 'media.detour':
      return text(code, { roundTripMs: number('roundTripMs') });
    case 'media.lossy':
      return text(code, { roundTripMs: number('roundTripMs'), lostPercent: number('lostPercent') });
    case 'meeting.early':
      return text(code, { time: values.time ?? '' });
    case 'meeting.held':
    case 'meeting.refused':
      return text(code, { reason: values.reason ?? '' });
    default:
      return text(code);
  }
}
