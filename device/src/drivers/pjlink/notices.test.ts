import { createManualClock, type ManualClock } from '@anteroom/shared/time/manual-clock.ts';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Display } from '../../ports/display.ts';
import type { Line, LineEvent } from '../../ports/line.ts';
import { toBytes } from '../../ports/text-decoder.ts';
import type { PjlinkFacts } from './codec.ts';
import { createPjlinkDisplay } from './driver.ts';

/** What a projector of class 2 says in datagrams, beside a conversation that is written down here. */
const facts: PjlinkFacts = {
  ...{ inputs: { hdmi1: '31', hdmi2: '32' }, muting: 'none', powerSettlesMs: 6_000 },
  timing: { answerWithinMs: 500, askEveryMs: 60_000 },
};
const signal = new AbortController().signal;

let clock: ManualClock;
let listeners: Set<(event: LineEvent) => void>;
let isOpen: boolean;
let said: string[];
let reopened: number;
let display: Display;

const tell = (event: LineEvent) => {
  if (event.type === 'opened' || event.type === 'closed') isOpen = event.type === 'opened';
  for (const listener of [...listeners]) listener(event);
};
const answer = (text: string) => tell({ type: 'received', bytes: toBytes(text) });
const notice = (text: string) => tell({ type: 'noticed', bytes: toBytes(text) });
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
/** The next thing that the driver says. */
const heard = async () => {
  await turn();
  return said.shift();
};

async function connect(): Promise<void> {
  tell({ type: 'opened' });
  answer('PJLINK 0\r');
  expect(await heard()).toBe('%1POWR ?\r');
  answer('%1POWR=0\r');
  expect(await heard()).toBe('%1INF2 ?\r');
  answer('%1INF2=Projector\r');
  await turn();
  expect(display.state()).toMatchObject({ isConnected: true, power: { value: 'standby', source: 'answer' } });
}

beforeEach(() => {
  clock = createManualClock();
  listeners = new Set();
  isOpen = false;
  said = [];
  reopened = 0;
  const line: Line = {
    name: 'written down',
    isOpen: () => isOpen,
    async send(bytes) {
      const text = Buffer.from(bytes).toString('latin1');
      if (text !== '') said.push(text);
    },
    reopen() {
      reopened += 1;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async [Symbol.asyncDispose]() {
      listeners.clear();
    },
  };
  display = createPjlinkDisplay({ line, facts, password: '', clock, log: pino({ level: 'silent' }) });
});
afterEach(() => display[Symbol.asyncDispose]());

const anyNotice = fc.oneof(
  fc.constantFrom('%2POWR=0\r', '%2POWR=1\r', '%2POWR=2\r', '%2POWR=3\r', '%2INPT=31\r', '%2ERST=000010\r'),
  fc.constantFrom('%1POWR=0\r', '%2POWR=1', 'POWR=1\r', '\r', '', 'PJLINK ERRA\r', '%2LKUP=00:11:22:aa:bb:cc\r'),
  fc.stringMatching(/^[ -~\r]{0,20}$/),
);
type Step = { at: 'line' | 'beside'; text: string };

describe('a notice', () => {
  it('is known at once, as what the projector said by itself', async () => {
    await connect();
    notice('%2POWR=1\r');
    notice('%2INPT=32\r');
    notice('%2ERST=020000\r');
    expect(display.state()).toMatchObject({
      power: { value: 'on', source: 'report' },
      input: { value: 'hdmi2', source: 'report' },
      ailments: { value: [{ part: 'lamp', isFatal: true }], source: 'report' },
    });
    expect(said).toEqual([]);
  });

  it('is no answer, whatever comes of it in the middle of one', async () => {
    await connect();
    const pieces = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 9, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('0', '2', '3'), pieces, fc.array(anyNotice), async (digit, sizes, notices) => {
        const refreshed = display.refresh({ signal });
        expect(await heard()).toBe('%1POWR ?\r');
        let rest = `%1POWR=${digit}\r`;
        const steps: Step[] = [];
        for (const [index, size] of sizes.entries()) {
          steps.push({ at: 'line', text: rest.slice(0, size) });
          rest = rest.slice(size);
          if (rest === '') break;
          const between = notices[index];
          if (between !== undefined) steps.push({ at: 'beside', text: between });
        }
        for (const { at, text } of steps) (at === 'line' ? answer : notice)(text);
        await refreshed;
        const power = { 0: 'standby', 2: 'coolingDown', 3: 'warmingUp' }[digit];
        expect(display.state().power).toMatchObject({ value: power, source: 'answer' });
      }),
      { numRuns: 1_000 },
    );
  });

  it('is none when it was meant as the answer to a question of another class', async () => {
    await connect();
    const refreshed = display.refresh({ signal });
    expect(await heard()).toBe('%1POWR ?\r');
    answer('%2POWR=1\r');
    expect(display.state()).toMatchObject({ power: { value: 'on', source: 'report' } });
    answer('%1POWR=0\r');
    await refreshed;
    expect(display.state()).toMatchObject({ power: { value: 'standby', source: 'answer' } });
  });

  it('opens a closed line without waiting, for whoever speaks is there', async () => {
    await connect();
    tell({ type: 'closed', reason: 'unplugged' });
    notice('noise\r');
    expect(reopened).toBe(0);
    notice('%2POWR=1\r');
    expect(reopened).toBe(1);
    expect(display.state()).toMatchObject({ isConnected: false, power: { value: 'on', source: 'report' } });
  });
});

describe('a projector that is new on the network', () => {
  const linkUp = '%2LKUP=00:11:22:aa:bb:cc\r';

  it('is connected anew, though the old connection has not ended', async () => {
    await connect();
    await clock.advance(10_000);
    notice(linkUp);
    expect(reopened).toBe(1);
  });

  it('keeps a connection that was made just now', async () => {
    await clock.advance(60_000);
    await connect();
    await clock.advance(9_000);
    notice(linkUp);
    expect(reopened).toBe(0);
  });

  // As some do on each connection: it would never come to an answer.
  it('keeps the connection on which it says so', async () => {
    await connect();
    await clock.advance(30_000);
    const refreshed = display.refresh({ signal });
    expect(await heard()).toBe('%1POWR ?\r');
    answer(`${linkUp}%1POWR=0\r`);
    await refreshed;
    expect(reopened).toBe(0);
  });
});
