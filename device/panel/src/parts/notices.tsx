import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { formatTime } from '@anteroom/ui/format/time.ts';
import { uiTexts } from '@anteroom/ui/locales/texts.ts';
import { ageOf } from '@anteroom/ui/text/age.ts';
import { IconAlertTriangle, IconCircleCheck, IconHelpCircle, IconX } from '@tabler/icons-react';
import { useText } from '../locales/texts.ts';
import { usePanel } from '../state/panel-context.tsx';
import { useTimeStyle } from '../state/use-time-style.ts';
import { healthOf } from './health.ts';
import './notices.css';

type NoticeProps = { tone: 'ember' | 'fault'; title: string; next: string };

function Notice({ tone, title, next }: NoticeProps) {
  const Icon = tone === 'fault' ? IconX : IconAlertTriangle;
  return (
    <li className="notice" data-tone={tone}>
      <Icon aria-hidden="true" stroke={tone === 'fault' ? 2.2 : 1.75} />
      <div>
        <div className="notice-title">{title}</div>
        <div className="notice-next">{next}</div>
      </div>
    </li>
  );
}

/** What is wrong in this room: what happened, what to do, who can. Nothing when all is well. */
export function Notices() {
  const { state } = usePanel();
  const text = useText();
  const style = useTimeStyle();
  const now = useNow(10_000);
  const { faults } = healthOf(state, now);
  const { link } = state;
  if (link.isOnline && faults.length === 0) return null;
  const offline = link.since
    ? text('health.offline', { time: formatTime(new Date(link.since), style) })
    : text('health.offlineFirst');
  return (
    <div className="notices" role="status">
      <ul>
        {!link.isOnline && <Notice tone="ember" title={offline} next={text('health.offlineNext')} />}
        {faults.map(({ kind, name, state: fault }) =>
          fault === 'failed' ? (
            <Notice
              key={`${kind} ${name}`}
              tone="fault"
              title={text('health.failed', { what: text(`health.${kind}`) })}
              next={text('health.failedNext')}
            />
          ) : (
            <Notice
              key={`${kind} ${name}`}
              tone="ember"
              title={text('health.missing', { what: text(`health.${kind}`) })}
              next={text('health.missingNext')}
            />
          ),
        )}
      </ul>
    </div>
  );
}

/** “All working · checked 12 s ago”, or that nobody knows. */
export function HealthLine() {
  const { state } = usePanel();
  const text = useText();
  const age = uiTexts.useText();
  const style = useTimeStyle();
  const now = useNow(1000);
  const { faults, rest, observedAt } = healthOf(state, now);
  if (faults.length > 0) return null;
  if (!observedAt || rest === 'none') return <p className="health">{text('health.none')}</p>;
  if (rest !== 'working') {
    return (
      <p className="health tabular">
        <IconHelpCircle aria-hidden="true" stroke={1.75} />
        {rest === 'unknown' ? text('health.unknown') : text('health.worked', { time: formatTime(observedAt, style) })}
      </p>
    );
  }
  const { unit, count } = ageOf(observedAt, now);
  return (
    <p className="health tabular">
      <IconCircleCheck aria-hidden="true" stroke={1.75} className="health-ok" />
      <span>
        <b>{text('health.working')}</b> · {text('health.checked', { age: age(`age.${unit}`, { count }) })}
      </span>
    </p>
  );
}
