import type { TerminalSettings } from '@anteroom/shared/protocol/desired.ts';
import type { MediaState } from '@anteroom/shared/signalling/messages.ts';
import { closed } from './types.ts';

/** What calls begin with in a room: those that somebody in it starts, and those that the fleet or the terminal itself starts. */

type JoinSettings = Pick<TerminalSettings, 'isMicrophoneOnAtJoin' | 'isCameraOnAtJoin'>;

/** After a Join that was pressed in the room; a terminal that has no settings yet opens both. */
export function mediaAtJoin(settings: JoinSettings | null): MediaState {
  return {
    isMicrophoneOn: settings?.isMicrophoneOnAtJoin ?? true,
    isCameraOn: settings?.isCameraOnAtJoin ?? true,
  };
}

/** Closed (domain.md 4, privacy) unless an administrator set that it begins as in the room; without settings closed. */
export function mediaAtRemoteStart(
  settings: (JoinSettings & Pick<TerminalSettings, 'onRemoteStart'>) | null,
): MediaState {
  return settings?.onRemoteStart === 'asInRoom' ? mediaAtJoin(settings) : closed;
}
