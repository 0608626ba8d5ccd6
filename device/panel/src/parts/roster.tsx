import { orderPeople } from '@anteroom/shared/meeting/people.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { initials } from '@anteroom/ui/format/time.ts';
import { uiTexts } from '@anteroom/ui/locales/texts.ts';
import { NetworkBars } from '@anteroom/ui/marks/network-mark.tsx';
import { reactionIcons } from '@anteroom/ui/marks/reaction-icons.ts';
import {
  IconChalkboard,
  IconDoor,
  IconDots,
  IconHandStop,
  IconMicrophone,
  IconMicrophoneOff,
  IconPlugConnected,
  IconScreenShare,
  IconUserPlus,
  IconVideo,
  IconVideoOff,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { CalledRows } from '../calling/called-rows.tsx';
import { type InMeeting, isHosting } from '../control/hosting.ts';
import { offeredTo } from '../control/person-sheet.tsx';
import { StepButton } from '../control/sheet.tsx';
import { useControlText } from '../locales/control/texts.ts';
import { useText } from '../locales/texts.ts';
import './roster.css';

const reactionMs = 6_000;
const shareIcons = { screen: IconScreenShare, whiteboard: IconChalkboard } as const;

type RosterProps = {
  call: InMeeting;
  /** As this room shows it: with its own devices as they are now. */
  roster: readonly RosterEntry[];
  /** Opens what this room may do to somebody. */
  onChoose: (entry: RosterEntry) => void;
  /** Calls others in. */
  onAdd: () => void;
  /** Below the list. */
  children: ReactNode;
};

/** Who is here, this room first, then raised hands; microphone, camera and speech of each in shape and word. */
export function Roster({ call, roster, onChoose, onAdd, children }: RosterProps) {
  const text = useText();
  const control = useControlText();
  const isOwn = ({ participantId }: RosterEntry) => participantId === call.ownParticipantId;
  const sorted = orderPeople(roster).sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
  const heading = text('call.people', { count: roster.length });
  const handsUp = roster.filter(({ handRaisedAt }) => handRaisedAt !== null).length;
  return (
    <section className="roster" aria-label={heading}>
      <header className="roster-head">
        <h2>{heading}</h2>
        {handsUp > 0 && (
          <p className="roster-hands">
            <IconHandStop aria-hidden="true" stroke={1.75} />
            {control('people.handsUp', { count: handsUp })}
          </p>
        )}
        {isHosting(call) && (
          <StepButton
            opensSheet
            className="roster-add"
            icon={<IconUserPlus aria-hidden="true" stroke={1.75} />}
            label={control('add.open')}
            reason={null}
            onPress={onAdd}
          />
        )}
      </header>
      {/* A long list scrolls, so the keyboard has to reach it. */}
      <ul tabIndex={roster.length + call.called.length > 4 ? 0 : undefined}>
        <CalledRows call={call} />
        {sorted.map((entry) => (
          <Row key={entry.participantId} call={call} entry={entry} isOwn={isOwn(entry)} onChoose={onChoose} />
        ))}
      </ul>
      {!roster.some((entry) => !isOwn(entry)) && (
        <p className="roster-alone tabular">{text('call.alone', { number: groupDigits(call.meeting.number) })}</p>
      )}
      {children}
    </section>
  );
}

/** `418205736` → `418 205 736` */
export function groupDigits(number: string): string {
  return number.replace(/(\d{3})(?=\d)/gu, '$1 ');
}

type RowProps = Pick<RosterProps, 'call' | 'onChoose'> & { entry: RosterEntry; isOwn: boolean };

/** One participant; for a room that hosts, the whole row is the way to what it may do to them. */
function Row({ call, entry, isOwn, onChoose }: RowProps) {
  const isOffered = offeredTo(call, entry).length > 0;
  if (!isOffered) {
    return (
      <li className="roster-row">
        <RowContent call={call} entry={entry} isOwn={isOwn} />
      </li>
    );
  }
  return (
    <li>
      <button type="button" className="roster-row" aria-haspopup="dialog" onClick={() => onChoose(entry)}>
        <RowContent call={call} entry={entry} isOwn={isOwn} />
        <IconDots className="roster-more" aria-hidden="true" stroke={1.75} />
      </button>
    </li>
  );
}

function RowContent({ call, entry, isOwn }: Omit<RowProps, 'onChoose'>) {
  const text = useText();
  const { name, kind, media, participantId } = entry;
  const CameraIcon = media.isCameraOn ? IconVideo : IconVideoOff;
  return (
    <>
      <span className="roster-mark" aria-hidden="true">
        {kind === 'terminal' ? <IconDoor stroke={1.75} /> : initials(name)}
      </span>
      <span className="roster-name">
        <b>{name}</b> <RoleTag entry={entry} isOwn={isOwn} />
        <ShareMark call={call} participantId={participantId} />
        <ReactionMark call={call} participantId={participantId} />
        <NetworkMark trouble={entry.networkTrouble} />
      </span>
      <MicrophoneMark entry={entry} />
      <span className="roster-camera">
        <CameraIcon aria-hidden="true" stroke={1.75} />
        <span className="visually-hidden">{media.isCameraOn ? text('call.cameraOn') : text('call.cameraOff')}</span>
      </span>
    </>
  );
}

function RoleTag({ entry: { kind, role }, isOwn }: { entry: RosterEntry; isOwn: boolean }) {
  const text = useText();
  const control = useControlText();
  const words = () => {
    if (role === 'host') return isOwn ? control('role.hostHere') : text('call.host');
    if (role === 'cohost') return isOwn ? control('role.cohostHere') : control('role.cohost');
    if (isOwn) return text('call.thisRoom');
    if (kind === 'terminal') return text('call.room');
    return role === 'guest' ? text('call.guest') : null;
  };
  return <small>{words()}</small>;
}

/** What somebody shares, which the room's display shows. */
function ShareMark({ call: { content }, participantId }: { call: InMeeting; participantId: string }) {
  const text = useText();
  if (content?.participantId !== participantId) return null;
  const Icon = shareIcons[content.kind];
  return (
    <span className="roster-share">
      <Icon aria-hidden="true" stroke={1.75} />
      {text(`call.shares.${content.kind}`)}
    </span>
  );
}

/** What somebody shows that they feel, for a moment. */
function ReactionMark({ call, participantId }: { call: InMeeting; participantId: string }) {
  const control = useControlText();
  const now = useNow(1000);
  const shown = call.reactions.find((one) => one.participantId === participantId);
  if (!shown || now.getTime() - Date.parse(shown.at) > reactionMs) return null;
  const Icon = reactionIcons[shown.reaction];
  return (
    <span className="roster-reaction">
      <Icon aria-hidden="true" stroke={1.75} />
      {control(`react.${shown.reaction}`)}
    </span>
  );
}

/** Trouble with somebody's network, as their own side measures it. */
function NetworkMark({ trouble }: { trouble: RosterEntry['networkTrouble'] }) {
  const text = uiTexts.useText();
  if (trouble === null) return null;
  return (
    <span className="roster-network" data-trouble={trouble}>
      <NetworkBars quality={trouble} />
      {text(`network.${trouble}`)}
    </span>
  );
}

function MicrophoneMark({ entry }: { entry: RosterEntry }) {
  const text = useText();
  const control = useControlText();
  const { isConnected, isSpeaking, isMutedByHost, isMutedInRoom, handRaisedAt, media } = entry;
  if (!isConnected) {
    return (
      <span className="roster-mic" data-state="away">
        <IconPlugConnected aria-hidden="true" stroke={1.75} />
        {text('call.away')}
      </span>
    );
  }
  if (handRaisedAt !== null) {
    return (
      <span className="roster-mic" data-state="hand">
        <IconHandStop aria-hidden="true" stroke={1.75} />
        {control('hand.up')}
      </span>
    );
  }
  if (!media.isMicrophoneOn) {
    return (
      <span className="roster-mic">
        <IconMicrophoneOff aria-hidden="true" stroke={1.75} />
        {isMutedInRoom ? text('call.mutedInRoom') : isMutedByHost ? control('mic.byHost') : text('call.micOff')}
      </span>
    );
  }
  return (
    <span className="roster-mic" data-state={isSpeaking ? 'speaking' : undefined}>
      <IconMicrophone aria-hidden="true" stroke={1.75} />
      {isSpeaking ? text('call.speaking') : text('call.micOn')}
    </span>
  );
}
