import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, type ParticipantId } from '@anteroom/shared/ids.ts';
import type { SubscribedStream } from '@anteroom/shared/signalling/messages.ts';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import pino from 'pino';
import type { MediaCall, MediaCallEvent, MediaPort } from '../../ports/media.ts';
import { type MediaOptions, resolveSetup } from '../setup.ts';
import { createMediaSupervisor } from '../supervisor.ts';
import { readNamedProfile } from './profile-file.ts';

/** A room with the simulated profile and real media processes, for tests that let two rooms meet without a server. */
export type Room = AsyncDisposable & {
  media: MediaPort;
  participantId: ParticipantId;
  folder: string;
  speakerRecording: string;
};

export async function createRoom(
  sourceName: string,
  options: { isSpareKept: boolean; profile?: string } & Partial<MediaOptions>,
): Promise<Room> {
  const { isSpareKept, profile = 'simulated', ...others } = options;
  const folder = await mkdtemp(join(tmpdir(), 'anteroom-media-'));
  const speakerRecording = join(folder, 'speaker.pcm');
  const setup = resolveSetup(await readNamedProfile(profile), {
    cameraFile: null,
    xDisplay: null,
    speakerRecording,
    previewFolder: folder,
    laptopFile: join(folder, 'laptop'),
    sourceName,
    // Rooms of a test meet on this machine, which may have no other network.
    iceAddresses: ['127.0.0.1'],
    ...others,
  });
  const media = createMediaSupervisor({
    setup,
    clock: createSystemClock(),
    log: pino({ level: 'silent' }),
    isSpareKept,
    addresses: () => '',
  });
  return {
    media,
    participantId: newId('participant'),
    folder,
    speakerRecording,
    async [Symbol.asyncDispose]() {
      await media[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

export const everythingOn = { isMicrophoneOn: true, isCameraOn: true };
export const caption = { title: 'Weekly review', detail: 'Nobody else is here yet' };

/** Connects what `from` publishes straight to the subscribe connection of `to`; the two need no media server. */
export async function connectRooms(
  from: MediaCall,
  to: MediaCall,
  publisher: ParticipantId,
  source: SubscribedStream['source'],
  signal: AbortSignal,
): Promise<void> {
  const offer = await from.publishOffer({ signal });
  const answer = await to.answerSubscribeOffer(
    {
      revision: 1,
      isNew: true,
      offer,
      streams: [
        { mid: 'video0', participantId: publisher, kind: 'video', source },
        { mid: 'audio1', participantId: publisher, kind: 'audio', source },
      ],
    },
    { signal },
  );
  from.applyPublishAnswer(answer);
}

/** Resolves to the first event that `accepts` takes. */
export function nextEvent<T extends MediaCallEvent>(
  call: MediaCall,
  accepts: (event: MediaCallEvent) => event is T,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = call.onEvent((event) => {
      if (!accepts(event)) return;
      stop();
      resolve(event);
    });
    signal.addEventListener('abort', () => {
      stop();
      reject(signal.reason);
    });
  });
}

/** An event of `type` that also passes `condition`. */
export function ofType<K extends MediaCallEvent['type']>(
  type: K,
  condition: (event: Extract<MediaCallEvent, { type: K }>) => boolean = () => true,
) {
  return (event: MediaCallEvent): event is Extract<MediaCallEvent, { type: K }> =>
    // The type is compared right here.
    event.type === type && condition(event as Extract<MediaCallEvent, { type: K }>);
}
