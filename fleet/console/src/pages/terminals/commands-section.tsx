import type { Command } from '@anteroom/shared/api/terminals.ts';
import type { TerminalId } from '@anteroom/shared/ids.ts';
import { type Status, StatusMark } from '@anteroom/ui/marks/status-mark.tsx';
import { useQuery } from '@tanstack/react-query';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';

const statusOf: Record<NonNullable<Command['result']>, Status> = {
  done: 'working',
  failed: 'fault',
  refused: 'impaired',
  interrupted: 'impaired',
  expired: 'impaired',
};

/** What was asked of the terminal, and the one outcome of each. */
export function CommandsSection({ terminalId }: { terminalId: TerminalId }) {
  const text = texts.useText();
  const { queries } = useApp();
  const { stamp } = useWhen();
  const { data, error } = useQuery(queries.commands(terminalId));
  return (
    <section aria-labelledby="commands">
      <div className="section-head">
        <h2 id="commands">{text('commands.title')}</h2>
        <span className="grow" />
        <span className="t3">{text('commands.newestFirst')}</span>
      </div>
      <FaultNote error={error} />
      {data?.items.length === 0 ? <p className="section-none">{text('commands.none')}</p> : null}
      <ul className="rows">
        {data?.items.map((command) => (
          <li key={command.id}>
            <time className="t3 tabular" dateTime={command.createdAt}>
              {stamp(command.createdAt)}
            </time>
            <b>{text(`command.${command.request.kind}`)}</b>
            <span className="grow" />
            <StatusMark status={command.result ? statusOf[command.result] : 'unknown'}>
              {command.result
                ? text(`outcome.${command.result}`)
                : command.sentAt
                  ? text('outcome.sent')
                  : text('outcome.waiting')}
              {command.detail ? ` · ${command.detail}` : ''}
            </StatusMark>
          </li>
        ))}
      </ul>
    </section>
  );
}
