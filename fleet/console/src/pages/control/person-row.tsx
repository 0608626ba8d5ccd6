import type { ParticipantId } from '@anteroom/shared/ids.ts';
import { controlRefusals, type MeetingControls } from '@anteroom/shared/meeting/control.ts';
import { type ChoiceName, choicesFor, outsideController, type PersonChoice } from '@anteroom/shared/meeting/people.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { localize } from '@anteroom/shared/text.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { uiTexts } from '@anteroom/ui/locales/texts.ts';
import { NetworkBars } from '@anteroom/ui/marks/network-mark.tsx';
import {
  IconDoor,
  IconDots,
  IconFocusCentered,
  IconHandStop,
  IconMicrophone,
  IconMicrophoneOff,
  IconScreenShare,
  IconVideo,
  IconVideoOff,
} from '@tabler/icons-react';
import { memo } from 'react';
import { useWhen } from '../../app/use-when.ts';
import { texts } from '../../locales/texts.ts';

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;
const small = { ...icon, size: 15 } as const;

export type PersonRowProps = {
  entry: RosterEntry;
  /** Place among the raised hands. */
  hand: number | null;
  index: number;
  /** Rows of the list, drawn or not. */
  count: number;
  topPx: number;
  controls: MeetingControls;
  isSharing: boolean;
  isMenuOpen: boolean;
  onChoose: (choice: PersonChoice, entry: RosterEntry) => void;
  onMenu: (participantId: ParticipantId) => void;
};

/** Somebody in the meeting, what of them is on, and what can be done. Drawn again only when that changed. */
export const PersonRow = memo(function PersonRow({
  entry,
  hand,
  index,
  count,
  topPx,
  controls,
  isSharing,
  isMenuOpen,
  onChoose,
  onMenu,
}: PersonRowProps) {
  const text = texts.useText();
  const choices = choicesFor(outsideController, entry, controls);
  return (
    <li
      className="people-row"
      aria-posinset={index + 1}
      aria-setsize={count}
      data-index={index}
      data-participant={entry.participantId}
      style={{ transform: `translateY(${topPx}px)` }}
    >
      <NameCell {...{ entry, hand, isSharing }} isSpotlit={controls.spotlight === entry.participantId} />
      <MicrophoneCell entry={entry} />
      <CameraCell entry={entry} />
      <span className="person-acts">
        {choices
          .filter(({ name }) => isQuick(name))
          .map((choice) => (
            <QuickAct key={choice.name} choice={choice} name={entry.name} onPress={() => onChoose(choice, entry)} />
          ))}
        <button
          type="button"
          className="icon-button"
          data-act="more"
          aria-haspopup="menu"
          aria-expanded={isMenuOpen}
          aria-label={text('control.people.more', { name: entry.name })}
          onClick={() => onMenu(entry.participantId)}
        >
          <IconDots {...icon} />
        </button>
      </span>
    </li>
  );
});

const quick = {
  mute: IconMicrophoneOff,
  unmute: IconMicrophone,
  askMicrophone: IconMicrophone,
  spotlight: IconFocusCentered,
  unspotlight: IconFocusCentered,
} as const satisfies Partial<Record<ChoiceName, unknown>>;
export const isQuick = (name: ChoiceName): name is keyof typeof quick => name in quick;

function QuickAct({ choice, name, onPress }: { choice: PersonChoice; name: string; onPress: () => void }) {
  const text = texts.useText();
  const { language } = useLanguage();
  if (!isQuick(choice.name)) return null;
  const { refusal } = choice;
  const Icon = quick[choice.name];
  const act = text(`control.people.do.${choice.name}`);
  return (
    <button
      type="button"
      className="icon-button"
      data-act={choice.action.kind === 'spotlight' ? 'spotlight' : 'microphone'}
      aria-label={text('control.people.doName', { act, name })}
      aria-pressed={choice.action.kind === 'spotlight' ? choice.name === 'unspotlight' : undefined}
      aria-disabled={refusal !== null}
      title={refusal === null ? act : localize(controlRefusals[refusal], language)}
      onClick={() => {
        if (refusal === null) onPress();
      }}
    >
      <Icon {...icon} />
    </button>
  );
}

function NameCell({
  entry,
  hand,
  isSpotlit,
  isSharing,
}: Pick<PersonRowProps, 'entry' | 'hand' | 'isSharing'> & { isSpotlit: boolean }) {
  const text = texts.useText();
  const { name, kind } = entry;
  return (
    <span className="person-name">
      <span className="person-picture" data-kind={kind} aria-hidden="true">
        {kind === 'terminal' ? <IconDoor {...icon} /> : initialsOf(name)}
      </span>
      <span className="person-words">
        <b>{name}</b>
        <span className="person-second">
          {hand === null ? null : (
            <span className="person-mark person-hand">
              <IconHandStop {...small} />
              {text('control.people.hand', { place: hand })}
            </span>
          )}
          <NetworkMark trouble={entry.networkTrouble} />
          {isSharing ? (
            <span className="person-mark t2">
              <IconScreenShare {...small} />
              {text('control.people.shares')}
            </span>
          ) : null}
          {isSpotlit ? (
            <span className="person-mark t2">
              <IconFocusCentered {...small} />
              {text('control.people.spotlit')}
            </span>
          ) : null}
          <PersonStanding entry={entry} />
        </span>
      </span>
    </span>
  );
}

function NetworkMark({ trouble }: { trouble: RosterEntry['networkTrouble'] }) {
  const text = uiTexts.useText();
  if (trouble === null) return null;
  return (
    <span className="person-mark person-network" data-trouble={trouble}>
      <NetworkBars quality={trouble} size={15} />
      {text(`network.${trouble}`)}
    </span>
  );
}

/** “Host · Person since 10:30”. */
function PersonStanding({ entry: { role, kind, joinedAt, isConnected } }: Pick<PersonRowProps, 'entry'>) {
  const text = texts.useText();
  const { time } = useWhen();
  if (!isConnected) return <span className="person-standing person-away">{text('control.people.restoring')}</span>;
  const hosting = role === 'host' || role === 'cohost' ? `${text(`control.people.role.${role}`)} · ` : '';
  return (
    <span className="person-standing t2 tabular">
      {hosting}
      {text('control.people.since', { kind: text(`participant.${kind}`), time: time(joinedAt) })}
    </span>
  );
}

function MicrophoneCell({ entry: { media, isMutedByHost, isMutedInRoom, isSpeaking } }: Pick<PersonRowProps, 'entry'>) {
  const text = texts.useText();
  const isHeard = media.isMicrophoneOn && isSpeaking;
  return (
    <span className="person-device" data-state={isHeard ? 'heard' : isMutedByHost ? 'closed' : undefined}>
      <span className="visually-hidden">{text('control.people.microphone')}</span>
      {media.isMicrophoneOn ? <IconMicrophone {...icon} /> : <IconMicrophoneOff {...icon} />}
      {isHeard
        ? text('control.people.speaking')
        : text(
            `control.people.mic.${media.isMicrophoneOn ? 'on' : isMutedInRoom ? 'inRoom' : isMutedByHost ? 'byHost' : 'off'}`,
          )}
    </span>
  );
}

function CameraCell({ entry: { media, isCameraStoppedByHost } }: Pick<PersonRowProps, 'entry'>) {
  const text = texts.useText();
  return (
    <span className="person-device" data-state={isCameraStoppedByHost ? 'closed' : undefined}>
      <span className="visually-hidden">{text('control.people.camera')}</span>
      {media.isCameraOn ? <IconVideo {...icon} /> : <IconVideoOff {...icon} />}
      {text(`control.people.camera.${media.isCameraOn ? 'on' : isCameraStoppedByHost ? 'byHost' : 'off'}`)}
    </span>
  );
}

/** `JW` of Jonas Weber; of a Chinese name its last two characters, as people are called. */
function initialsOf(name: string): string {
  if (/^\p{Script=Han}/u.test(name))
    return [...name]
      .filter((sign) => /\p{Script=Han}/u.test(sign))
      .slice(-2)
      .join('');
  return name
    .split(/\s+/u)
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('');
}
