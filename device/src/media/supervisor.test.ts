import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import pino from 'pino';
import { describe, expect, test, vi } from 'vitest';
import type { MediaCallEvent } from '../ports/media.ts';
import { silenceAllowedMs } from './call.ts';
import type { MediaChild, MediaChildListener } from './child.ts';
import type { ToMedia } from './ipc.ts';
import { resolveSetup } from './setup.ts';
import { createMediaSupervisor } from './supervisor.ts';
import { readNamedProfile } from './test/profile-file.ts';
import { caption, everythingOn } from './test/rooms.ts';

const profile = await readNamedProfile('simulated');
const options = {
  cameraFile: null,
  xDisplay: null,
  speakerRecording: null,
  previewFolder: '/tmp',
  laptopFile: '/nonexistent/laptop',
  sourceName: 'TEST',
  iceAddresses: [],
};

type SimulatedProcess = MediaChild & {
  sent: ToMedia[];
  becomeReady(): void;
  connect(): void;
  beat(): void;
  crash(): void;
};

/** Stands for the operating system: processes that do what the test tells them. */
function createSimulatedProcesses() {
  const all: SimulatedProcess[] = [];
  function start(listener: MediaChildListener): SimulatedProcess {
    const exit = Promise.withResolvers<string>();
    const sent: ToMedia[] = [];
    return {
      pid: 1_000 + all.length,
      sent,
      send: (message: ToMedia) => {
        sent.push(message);
        if (message.type === 'stop') exit.resolve('ended with code 0');
      },
      kill: () => exit.resolve('ended by SIGKILL'),
      exited: exit.promise,
      becomeReady: () => listener.onMessage({ type: 'publishOffer', sdp: 'v=0 offer' }),
      connect: () => listener.onMessage({ type: 'connection', connection: 'publish', state: 'connected' }),
      beat: () => listener.onMessage({ type: 'heartbeat' }),
      crash: () => exit.resolve('ended by SIGSEGV'),
    };
  }
  return {
    all,
    fork: (listener: MediaChildListener) => {
      const child = start(listener);
      all.push(child);
      return child;
    },
    last() {
      const child = all.at(-1);
      if (!child) throw new Error('nothing was forked');
      return child;
    },
  };
}

function createRig({ isSpareKept }: { isSpareKept: boolean }) {
  const clock = createManualClock();
  const processes = createSimulatedProcesses();
  let address = '192.0.2.1';
  const media = createMediaSupervisor({
    setup: resolveSetup(profile, options),
    clock,
    log: pino({ level: 'silent' }),
    fork: processes.fork,
    isSpareKept,
    addresses: () => address,
  });
  return { clock, processes, media, moveTo: (next: string) => (address = next) };
}

describe('the keeper of media processes', () => {
  test('a spare is forked at the start and handed over with its offer', async () => {
    const { clock, processes, media } = createRig({ isSpareKept: true });
    await clock.advance(1);
    expect(processes.all).toHaveLength(1);
    processes.last().becomeReady();
    expect(media.isSpareReady).toBe(true);
    const call = media.take({ media: everythingOn, caption });
    expect(await call.publishOffer({ signal: new AbortController().signal })).toBe('v=0 offer');
    expect(processes.all).toHaveLength(1);
  });

  test('the next spare waits until the call is connected and has had a moment for itself', async () => {
    const { clock, processes, media } = createRig({ isSpareKept: true });
    await clock.advance(1);
    const first = processes.last();
    first.becomeReady();
    media.take({ media: everythingOn, caption });
    for (let step = 0; step < 20; step++) {
      first.beat();
      await clock.advance(250);
    }
    expect(processes.all).toHaveLength(1);
    first.connect();
    await clock.advance(1_000);
    expect(processes.all).toHaveLength(1);
    await clock.advance(600);
    expect(processes.all).toHaveLength(2);
  });

  test('without a spare every call forks its own process', () => {
    const { processes, media } = createRig({ isSpareKept: false });
    expect(processes.all).toHaveLength(0);
    media.take({ media: everythingOn, caption });
    expect(processes.last().sent.map(({ type }) => type)).toEqual(['configure', 'setMedia', 'caption']);
  });

  test('a spare that crashes is replaced, later each time', async () => {
    const { clock, processes } = createRig({ isSpareKept: true });
    await clock.advance(1);
    processes.last().crash();
    await clock.advance(400);
    expect(processes.all).toHaveLength(1);
    await clock.advance(200);
    expect(processes.all).toHaveLength(2);
    processes.last().crash();
    await clock.advance(900);
    expect(processes.all).toHaveLength(2);
    await clock.advance(200);
    expect(processes.all).toHaveLength(3);
  });

  test('a process that falls silent is killed and reported as hung', async () => {
    const { clock, processes, media } = createRig({ isSpareKept: false });
    const call = media.take({ media: everythingOn, caption });
    processes.last().becomeReady();
    const events: MediaCallEvent[] = [];
    call.onEvent((event) => events.push(event));
    await clock.advance(silenceAllowedMs - 100);
    expect(events).toEqual([]);
    await clock.advance(400);
    expect(events).toEqual([{ type: 'died', reason: 'hung', detail: 'ended by SIGKILL' }]);
  });

  test('what waited for a process that died is told so', async () => {
    const { processes, media } = createRig({ isSpareKept: false });
    const call = media.take({ media: everythingOn, caption });
    const offer = call.publishOffer({ signal: new AbortController().signal });
    processes.last().crash();
    await expect(offer).rejects.toMatchObject({ code: 'media_died' });
  });

  test('a spare that gathered on other addresses is not handed over', async () => {
    const { clock, processes, media, moveTo } = createRig({ isSpareKept: true });
    await clock.advance(1);
    processes.last().becomeReady();
    moveTo('198.51.100.7');
    media.take({ media: everythingOn, caption });
    expect(processes.all).toHaveLength(2);
    expect(processes.all[0]?.sent.map(({ type }) => type)).toContain('stop');
  });

  test('a laptop is shown by the spare, by the next one when that dies, and by no call; afterwards a new spare waits', async () => {
    const { clock, processes, media } = createRig({ isSpareKept: true });
    const inputOf = (process: SimulatedProcess) => process.sent.filter(({ type }) => type === 'showInput');
    const shown = { type: 'showInput', label: '' };
    await clock.advance(1);
    processes.last().becomeReady();
    media.showInput(true);
    expect(inputOf(processes.last())).toEqual([shown]);
    processes.last().crash();
    await clock.advance(1_000);
    const second = processes.last();
    second.becomeReady();
    expect(inputOf(second)).toEqual([shown]);
    media.showInput(false);
    expect(second.sent.at(-1)).toEqual({ type: 'stop' });
    // Its last picture is deleted first, on a real disk.
    await vi.waitFor(async () => {
      await clock.advance(1);
      expect(processes.all).toHaveLength(3);
    });
    const third = processes.last();
    third.becomeReady();
    media.showInput(true);
    media.take({ media: everythingOn, caption });
    expect(inputOf(third)).toEqual([shown, { type: 'showInput', label: null }]);
  });

  test('disposal ends every process', async () => {
    const { clock, processes, media } = createRig({ isSpareKept: true });
    await clock.advance(1);
    processes.last().becomeReady();
    media.take({ media: everythingOn, caption });
    await media[Symbol.asyncDispose]();
    await Promise.all(processes.all.map(({ exited }) => exited));
  });
});
