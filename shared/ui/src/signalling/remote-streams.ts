import type { ParticipantId } from '@anteroom/shared/ids.ts';

/** Tracks that arrive: of people, and of what is shared. */
export type RemoteTracks = {
  people: ReadonlyMap<ParticipantId, readonly MediaStreamTrack[]>;
  content: readonly MediaStreamTrack[];
};
export const noTracks: RemoteTracks = { people: new Map(), content: [] };

/**
 * One MediaStream for each remote participant and one for what is shared, kept as long as such tracks come, so that a
 * video element that shows it never has to be set anew.
 */
export interface RemoteStreams {
  update(tracks: RemoteTracks): void;
  people(): ReadonlyMap<ParticipantId, MediaStream>;
  content(): MediaStream | null;
}

export function createRemoteStreams(): RemoteStreams {
  let people: ReadonlyMap<ParticipantId, MediaStream> = new Map();
  let content: MediaStream | null = null;
  return {
    people: () => people,
    content: () => content,
    update(tracks) {
      people = new Map([...tracks.people].map(([id, wanted]) => [id, streamOf(people.get(id), wanted)]));
      content = tracks.content.length > 0 ? streamOf(content ?? undefined, tracks.content) : null;
    },
  };
}

function streamOf(known: MediaStream | undefined, wanted: readonly MediaStreamTrack[]): MediaStream {
  const stream = known ?? new MediaStream();
  for (const track of stream.getTracks()) if (!wanted.includes(track)) stream.removeTrack(track);
  for (const track of wanted) stream.addTrack(track);
  return stream;
}
