import type { Terminal } from '@anteroom/shared/api/terminals.ts';
import { maySendCommand } from '@anteroom/shared/protocol/commands.ts';
import { AgeText } from '@anteroom/ui/text/age-text.tsx';
import { useDuration } from '@anteroom/ui/text/use-duration.ts';
import { Button } from '@mantine/core';
import {
  IconBellRinging,
  IconDoorExit,
  IconMicrophoneOff,
  IconPencil,
  IconRefresh,
  IconVideoOff,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';
import { type DoorReading, faultOf } from './door-state.ts';
import { staleAfterMs } from './heartbeat.ts';
import { DoorMark, StateWord } from './state-words.tsx';
import { useCommand } from './use-command.ts';

const identifySeconds = 10;
const icon = { size: 17, stroke: 1.75, 'aria-hidden': true } as const;

/** Name, state and the commands that may be sent now. */
export function TerminalHead({ terminal, door }: { terminal: Terminal; door: DoorReading }) {
  const text = texts.useText();
  const { queries } = useApp();
  const session = useQuery(queries.session()).data;
  const isOfMeetings = session !== undefined && maySendCommand(session, 'mute');
  const command = useCommand(terminal.id);
  const retired = terminal.stage === 'retired' ? text('terminal.reason.retired') : null;
  const outside = retired ?? (terminal.meeting ? null : text('terminal.reason.notInMeeting'));
  return (
    <>
      <div className="terminal-head">
        <DoorMark state={door.state} heightPx={72} />
        <div className="grow">
          <div className="terminal-name">
            <h1>{terminal.name}</h1>
            <StateWord state={door.state} hasMark={false} />
            {door.state === 'meeting' && faultOf(terminal) ? <StateWord state="impaired" /> : null}
          </div>
          <p className="t2 terminal-facts">
            <Facts terminal={terminal} door={door} />
          </p>
        </div>
        <Button
          variant="default"
          renderRoot={(props) => (
            <Link
              to="/terminals/$terminalId"
              params={{ terminalId: terminal.id }}
              search={{ do: 'change' }}
              {...props}
            />
          )}
          leftSection={<IconPencil {...icon} />}
        >
          {text('terminal.change')}
        </Button>
      </div>
      <fieldset className="terminal-commands" aria-label={text('terminal.commandsLabel')}>
        <ActionButton
          reason={retired}
          leftSection={<IconBellRinging {...icon} />}
          onAct={() => command.mutate({ kind: 'identify', seconds: identifySeconds })}
        >
          {text('command.identify')}
        </ActionButton>
        {isOfMeetings ? (
          <>
            <ActionButton
              reason={outside}
              leftSection={<IconMicrophoneOff {...icon} />}
              onAct={() => command.mutate({ kind: 'mute' })}
            >
              {text('command.mute')}
            </ActionButton>
            <ActionButton
              reason={outside}
              leftSection={<IconVideoOff {...icon} />}
              onAct={() => command.mutate({ kind: 'stopCamera' })}
            >
              {text('command.stopCamera')}
            </ActionButton>
          </>
        ) : null}
        <ActionButton
          reason={retired}
          leftSection={<IconRefresh {...icon} />}
          onAct={() => command.mutate({ kind: 'restart', evenInMeeting: false })}
        >
          {text('command.restart')}
        </ActionButton>
        {isOfMeetings ? (
          <>
            <span className="grow" />
            <ActionButton
              reason={outside}
              leftSection={<IconDoorExit {...icon} />}
              onAct={() => command.mutate({ kind: 'leave' })}
            >
              {text('command.leave')}
            </ActionButton>
          </>
        ) : null}
      </fieldset>
      <FaultNote error={command.error} />
    </>
  );
}

function Facts({ terminal, door }: { terminal: Terminal; door: DoorReading }) {
  const text = texts.useText();
  const duration = useDuration();
  const { now } = useWhen();
  const live = terminal.isOnline ? terminal.meeting : null;
  const leftMs = door.meeting ? Date.parse(door.meeting.endAt) - now.getTime() : 0;
  return (
    <>
      {live ? (
        <>
          {live.subject === null
            ? text('door.meeting')
            : text(`terminal.meeting.${live.state}`, { subject: live.subject })}
          {leftMs > 0 && door.meeting?.id === live.meetingId
            ? `, ${text('terminal.left', { time: duration(leftMs) })}`
            : ''}
          {' · '}
        </>
      ) : null}
      <span className="mono">{terminal.serial}</span> · {text('terminal.software', { version: terminal.software })}
      {' · '}
      {terminal.isOnline ? text('terminal.online') : text('terminal.offline')}{' '}
      <AgeText at={terminal.seenAt} staleAfterMs={staleAfterMs} />
    </>
  );
}
