import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { uiTexts } from '@anteroom/ui/locales/texts.ts';
import { NetworkBars } from '@anteroom/ui/marks/network-mark.tsx';
import {
  IconDoor,
  IconDotsVertical,
  IconFocusCentered,
  IconHandStop,
  IconMicrophone,
  IconMicrophoneOff,
  IconUser,
  IconVideo,
  IconVideoOff,
} from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { texts } from '../locales/texts.ts';
import { controlTexts } from './locales/texts.ts';
import { roleKey } from './seat.tsx';

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

/** One of everybody. Drawn again only when it changed: there may be five hundred. */
export const PersonRow = memo(function PersonRow({
  entry,
  isOwn,
  isSpotlit,
  onMenu,
}: {
  entry: RosterEntry;
  isOwn: boolean;
  isSpotlit: boolean;
  /** Null when there is nothing that one may do to them. */
  onMenu: ((id: ParticipantId, anchor: DOMRect) => void) | null;
}) {
  const text = texts.useText();
  const words = controlTexts.useText();
  return (
    <li>
      {entry.kind === 'terminal' ? <IconDoor {...icon} /> : <IconUser {...icon} />}
      <span className="grow person-name">
        {entry.name}
        <RoleWords entry={entry} isOwn={isOwn} />
        {entry.isMutedInRoom ? <span className="t2">{words('mic.inRoom')}</span> : null}
      </span>
      {entry.isConnected ? null : <span className="t2">{text('person.connecting')}</span>}
      {isSpotlit ? <Mark icon={<IconFocusCentered {...icon} />} label={words('spotlight.is')} /> : null}
      {entry.handRaisedAt === null ? null : <Mark icon={<IconHandStop {...icon} />} label={words('hand.up')} isLit />}
      <NetworkMark trouble={entry.networkTrouble} />
      <Mark
        icon={entry.media.isMicrophoneOn ? <IconMicrophone {...icon} /> : <IconMicrophoneOff {...icon} />}
        label={
          entry.media.isMicrophoneOn
            ? text('media.micOn')
            : entry.isMutedInRoom
              ? words('mic.inRoom')
              : entry.isMutedByHost
                ? words('mic.byHost')
                : text('person.muted')
        }
        isOff={!entry.media.isMicrophoneOn}
      />
      <Mark
        icon={entry.media.isCameraOn ? <IconVideo {...icon} /> : <IconVideoOff {...icon} />}
        label={
          entry.media.isCameraOn
            ? text('media.cameraOn')
            : entry.isCameraStoppedByHost
              ? words('camera.byHost')
              : text('person.cameraOff')
        }
        isOff={!entry.media.isCameraOn}
      />
      {onMenu ? (
        <button
          type="button"
          className="plain-control person-more"
          aria-haspopup="dialog"
          aria-label={words('people.menu', { name: entry.name })}
          onClick={(event) => onMenu(entry.participantId, event.currentTarget.getBoundingClientRect())}
        >
          <IconDotsVertical {...icon} />
        </button>
      ) : null}
    </li>
  );
});

function RoleWords({ entry, isOwn }: { entry: RosterEntry; isOwn: boolean }) {
  const text = texts.useText();
  const words = controlTexts.useText();
  const { role, kind } = roleKey(entry);
  const roleWord = role && words(`role.${role}`);
  const kindWord = kind && text(`person.${kind}`);
  const said =
    roleWord && kindWord ? words('role.ofKind', { role: roleWord, kind: kindWord }) : (roleWord ?? kindWord ?? '');
  const ownWords = roleWord ? words('role.own', { role: roleWord }) : text('in.you');
  return <span className="t2">{isOwn ? ownWords : said}</span>;
}

function NetworkMark({ trouble }: { trouble: RosterEntry['networkTrouble'] }) {
  const text = uiTexts.useText();
  if (trouble === null) return null;
  return (
    <Mark icon={<NetworkBars quality={trouble} size={18} />} label={text(`network.${trouble}`)} trouble={trouble} />
  );
}

function Mark({
  icon: picture,
  label,
  isOff = false,
  isLit = false,
  trouble = null,
}: {
  icon: ReactNode;
  label: string;
  isOff?: boolean;
  isLit?: boolean;
  trouble?: RosterEntry['networkTrouble'];
}) {
  return (
    <span
      className="person-mark"
      data-off={isOff ? '' : undefined}
      data-lit={isLit ? '' : undefined}
      data-trouble={trouble ?? undefined}
      title={label}
    >
      {picture}
      <span className="visually-hidden">{label}</span>
    </span>
  );
}
