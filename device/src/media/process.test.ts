import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { figuresBetween } from '@anteroom/shared/network/figures.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MediaCall, PictureOf } from '../ports/media.ts';
import { brightestAtUpperLeft, colourAt, findCode, plainPicture, readCode, toneLevel } from './test/observe.ts';
import { caption, connectRooms, createRoom, everythingOn, nextEvent, ofType, type Room } from './test/rooms.ts';

/** Real processes on a machine that other tests keep busy: limits are generous, order is what is tested. */
const patienceMs = 25_000;
const soon = () => AbortSignal.timeout(patienceMs);

describe('two rooms with real media processes', () => {
  let alpha: Room;
  let bravo: Room;
  let alphaCall: MediaCall;
  let bravoCall: MediaCall;

  beforeAll(async () => {
    alpha = await createRoom('ALPHA', { isSpareKept: false });
    bravo = await createRoom('BRAVO', { isSpareKept: false });
    alphaCall = alpha.media.take({ media: everythingOn, caption });
    bravoCall = bravo.media.take({ media: everythingOn, caption });
  }, patienceMs);

  afterAll(async () => {
    await alpha[Symbol.asyncDispose]();
    await bravo[Symbol.asyncDispose]();
  }, patienceMs);

  test(
    'the publish offer has VP8 and Opus, and its candidates inside',
    async () => {
      const offer = await alphaCall.publishOffer({ signal: soon() });
      expect(offer).toMatch(/^m=video 9 /m);
      expect(offer).toMatch(/^m=audio 9 /m);
      expect(offer).toMatch(/VP8\/90000/);
      expect(offer).toMatch(/OPUS\/48000\/2/i);
      expect(offer).toMatch(/^a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level/m);
      expect(offer).toMatch(/^a=candidate:.* 127\.0\.0\.1 /m);
    },
    patienceMs,
  );

  test(
    'nothing leaves the room before Join is pressed',
    async () => {
      bravoCall.open();
      const connected = nextEvent(
        alphaCall,
        ofType('connection', ({ connection, state }) => connection === 'publish' && state === 'connected'),
        soon(),
      );
      await connectRooms(alphaCall, bravoCall, alpha.participantId, 'camera', soon());
      await connected;
      // Longer than a stats interval and many frames.
      await nextEvent(bravoCall, ofType('stats'), soon());
      const { stats } = await nextEvent(bravoCall, ofType('stats'), soon());
      expect(stats.framesReceived[alpha.participantId]).toBe(0);
      expect(stats.framesRendered).toBeGreaterThan(0);
      expect(toneLevel(await readFile(bravo.speakerRecording), 440, 0.5)).toBeLessThan(0.001);
    },
    patienceMs,
  );

  test(
    'after Join the far display draws the first frame',
    async () => {
      const first = nextEvent(bravoCall, ofType('firstFrame'), soon());
      const pressedAtMs = performance.now();
      alphaCall.open();
      const { participantId, atMonotonicMs } = await first;
      expect(participantId).toBe(alpha.participantId);
      expect(atMonotonicMs).toBeGreaterThan(pressedAtMs);
      expect(atMonotonicMs).toBeLessThanOrEqual(performance.now() + 1);
    },
    patienceMs,
  );

  test(
    'the running code of the camera can be read on the far display, and runs',
    async () => {
      const signal = soon();
      const first = await untilCode(bravo, 'display', (text) => text.startsWith('ALPHA '), signal);
      const second = await untilCode(bravo, 'display', (text) => text.startsWith('ALPHA ') && text !== first, signal);
      expect(Number(second.split(' ')[1])).toBeGreaterThan(Number(first.split(' ')[1]));
    },
    patienceMs,
  );

  test(
    'a watermark stands over what the display shows, and goes again',
    async () => {
      const signal = soon();
      const brightest = () => {
        const file = bravo.media.pictureFile('display');
        return file ? brightestAtUpperLeft(file) : 0;
      };
      expect(await brightest()).toBeLessThan(60);
      bravoCall.setWatermark('Bravo');
      await until(async () => (await brightest()) > 80, signal);
      bravoCall.setWatermark(null);
      await until(async () => (await brightest()) < 60, signal);
    },
    patienceMs,
  );

  test(
    'a whiteboard is shown large with people beside it; a picture of it that cannot be read costs nothing',
    async () => {
      const signal = soon();
      const colour = async () => {
        const file = bravo.media.pictureFile('display');
        const [red, green, blue] = file ? await colourAt(file, 0.4, 0.5) : [0, 0, 0];
        return { isRed: red > 150 && green < 90 && blue < 90, isGreen: green > 150 && red < 90 && blue < 90 };
      };
      const alphaIsAt = async (side: (middle: number) => boolean) => {
        const file = bravo.media.pictureFile('display');
        const code = file && (await findCode(file));
        return Boolean(code && side(code.middle));
      };
      bravoCall.showBoard({ jpeg: plainPicture(255, 0, 0), label: 'Whiteboard' });
      await until(async () => (await colour()).isRed, signal);
      await until(() => alphaIsAt((middle) => middle > 0.8), signal);
      const refused = nextEvent(bravoCall, ofType('error'), signal);
      bravoCall.showBoard({ jpeg: Buffer.from('no picture'), label: 'Whiteboard' });
      expect((await refused).code).toBe('board_failed');
      bravoCall.showBoard({ jpeg: plainPicture(0, 255, 0), label: 'Whiteboard' });
      await until(async () => (await colour()).isGreen, signal);
      bravoCall.showBoard(null);
      await until(() => alphaIsAt((middle) => Math.abs(middle - 0.5) < 0.05), signal);
    },
    patienceMs,
  );

  test(
    'the tone of the microphone comes out of the far speaker, and nothing else',
    async () => {
      const signal = soon();
      await until(async () => toneLevel(await readFile(bravo.speakerRecording), 440, 0.5) > 0.015, signal);
      const pcm = await readFile(bravo.speakerRecording);
      expect(toneLevel(pcm, 440, 0.5)).toBeGreaterThan(10 * toneLevel(pcm, 587, 0.5));
    },
    patienceMs,
  );

  test(
    'both sides measure what the network does to what they send and receive',
    async () => {
      const measure = async (call: MediaCall) => {
        const { reading: before } = await nextEvent(call, ofType('network'), soon());
        const { reading: after } = await nextEvent(call, ofType('network'), soon());
        return figuresBetween(before, after);
      };
      const [sender, receiver] = await Promise.all([measure(alphaCall), measure(bravoCall)]);
      // The one has the far end's reports to go by, the other what arrives.
      expect(sender?.sentLossPercent).toBe(0);
      expect(receiver?.receivedLossPercent).toBe(0);
    },
    patienceMs,
  );

  test(
    'a microphone that is off is silent at the far end, and comes back',
    async () => {
      const signal = soon();
      alphaCall.setMedia({ isMicrophoneOn: false, isCameraOn: true });
      await until(async () => toneLevel(await readFile(bravo.speakerRecording), 440, 0.3) < 0.001, signal);
      alphaCall.setMedia(everythingOn);
      await until(async () => toneLevel(await readFile(bravo.speakerRecording), 440, 0.3) > 0.015, signal);
    },
    patienceMs,
  );

  test(
    'the room sees its own running code while its camera is on, and nothing while it is off',
    async () => {
      const signal = soon();
      const first = await untilCode(alpha, 'self', (text) => text.startsWith('ALPHA '), signal);
      alphaCall.setMedia({ isMicrophoneOn: true, isCameraOn: false });
      expect(alpha.media.pictureFile('self')).toBeNull();
      // Longer than a picture that was on its way needs.
      await sleep(1_000);
      expect(alpha.media.pictureFile('self')).toBeNull();
      alphaCall.setMedia(everythingOn);
      const second = await untilCode(alpha, 'self', (text) => text.startsWith('ALPHA ') && text !== first, signal);
      expect(Number(second.split(' ')[1])).toBeGreaterThan(Number(first.split(' ')[1]));
    },
    patienceMs,
  );

  test(
    'a camera that is off sends no frames, and comes back',
    async () => {
      const received = async () => {
        const { stats } = await nextEvent(bravoCall, ofType('stats'), soon());
        return stats.framesReceived[alpha.participantId] ?? 0;
      };
      alphaCall.setMedia({ isMicrophoneOn: true, isCameraOn: false });
      await sleep(500);
      const before = await received();
      expect(await received()).toBe(before);
      alphaCall.setMedia(everythingOn);
      await until(async () => (await received()) > before, soon());
    },
    patienceMs,
  );

  test(
    'a process that is killed is reported at once',
    async () => {
      const died = nextEvent(alphaCall, ofType('died'), soon());
      const killedAtMs = performance.now();
      process.kill(pidOf(alphaCall), 'SIGKILL');
      expect((await died).reason).toBe('exited');
      expect(performance.now() - killedAtMs).toBeLessThan(500);
      await expect(
        alphaCall.answerSubscribeOffer({ revision: 9, isNew: true, offer: '', streams: [] }, { signal: soon() }),
      ).rejects.toThrow(/gone/);
    },
    patienceMs,
  );

  test(
    'a process that hangs is killed and reported',
    async () => {
      const pid = pidOf(bravoCall);
      const died = nextEvent(bravoCall, ofType('died'), soon());
      process.kill(pid, 'SIGSTOP');
      expect((await died).reason).toBe('hung');
      expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
    },
    patienceMs,
  );
});

describe('the spare', () => {
  test(
    'tells an idle room which devices it has',
    async () => {
      await using room = await createRoom('IDLE', { isSpareKept: true });
      const told = new Map<string, string>();
      room.media.onEvent((event) => {
        if (event.type === 'peripheral') told.set(event.peripheral.kind, event.peripheral.state);
      });
      await until(async () => told.size === 4, soon());
      expect(Object.fromEntries(told)).toEqual({
        ...{ camera: 'working', microphone: 'working', speaker: 'working', display: 'working' },
      });
    },
    patienceMs,
  );

  test(
    'is handed over with its offer made, and the next one comes once the call is connected',
    async () => {
      await using room = await createRoom('SPARE', { isSpareKept: true });
      await until(async () => room.media.isSpareReady, soon());
      const call = room.media.take({ media: everythingOn, caption });
      expect(room.media.isSpareReady).toBe(false);
      const takenAtMs = performance.now();
      expect(await call.publishOffer({ signal: soon() })).toContain('VP8');
      expect(performance.now() - takenAtMs).toBeLessThan(50);
      await call[Symbol.asyncDispose]();
      await until(async () => room.media.isSpareReady, soon());
      expect(() => process.kill(pidOf(call), 0)).toThrow(/ESRCH/);
    },
    patienceMs,
  );

  test(
    'a new offer after the media server came back is another one',
    async () => {
      await using room = await createRoom('AGAIN', { isSpareKept: false });
      const call = room.media.take({ media: everythingOn, caption });
      const first = await call.publishOffer({ signal: soon() });
      call.open();
      const second = await call.republish({ signal: soon() });
      expect(second).toContain('VP8');
      expect(/ice-ufrag:(.*)/.exec(second)?.[1]).not.toBe(/ice-ufrag:(.*)/.exec(first)?.[1]);
    },
    patienceMs,
  );
});

function pidOf(call: MediaCall): number {
  if (call.pid === undefined) throw new Error('the media process has no pid');
  return call.pid;
}

async function until(condition: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  while (!(await condition())) {
    signal.throwIfAborted();
    await sleep(50);
  }
}

async function untilCode(
  room: Room,
  of: PictureOf,
  accepts: (text: string) => boolean,
  signal: AbortSignal,
): Promise<string> {
  for (;;) {
    signal.throwIfAborted();
    const file = room.media.pictureFile(of);
    const text = file ? await readCode(file) : null;
    if (text && accepts(text)) return text;
    await sleep(50);
  }
}
