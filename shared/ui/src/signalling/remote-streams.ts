import type { ParticipantId } from '@anteroom/shared/ids.ts';

/**
 * One MediaStream for each remote participant, kept as long as tracks of that participant come, so that a video element
 * that shows it never has to be set anew.
 */
export interface RemoteStreams {
  update(tracks: ReadonlyMap<ParticipantId, MediaStreamTrack[]>): void;
  all(): ReadonlyMap<ParticipantId, MediaStream>;
}

export function createRemoteStreams(): RemoteStreams {
  let streams: ReadonlyMap<ParticipantId, MediaStream> = new Map();
  return {
    all: () => streams,
    update(tracks) {
      const next = new Map<ParticipantId, MediaStream>();
      for (const [participantId, wanted] of tracks) {
        const stream = streams.get(participantId) ?? new MediaStream();
        for (const track of stream.getTracks()) if (!wanted.includes(track)) stream.removeTrack(track);
        for (const track of wanted) stream.addTrack(track);
        next.set(participantId, stream);
      }
      streams = next;
    },
  };
}
