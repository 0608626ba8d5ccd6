import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import fc from 'fast-check';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import type { DisplayCommand } from '../../ports/display.ts';
import { runProgram } from '../../transports/run-program.ts';
import { type CecFacts, parseFailure, parsePhysicalAddress, parsePower } from './codec.ts';
import { createCecDisplay } from './driver.ts';
import { createCecSimulator } from './simulator.ts';

const facts: CecFacts = {
  ...{ osdName: 'Anteroom', standbyNeedsActiveSource: true },
  ...{ powerSettlesMs: 5_000, timing: { askEveryMs: 10_000 } },
};
const { signal } = new AbortController();

function createBench() {
  const clock = createManualClock();
  const sim = createCecSimulator({ warmUpMs: 2_500, clock });
  const display = createCecDisplay({ device: '/dev/cec0', facts, run: sim.run, clock, log: pino({ level: 'silent' }) });
  onTestFinished(() => display[Symbol.asyncDispose]());
  const settle = async (ms: number, isOver = () => false) => {
    for (let passed = 0; passed < ms && !isOver(); passed += 100) {
      await clock.advance(100);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  };
  async function outcome(command: DisplayCommand, on = signal): Promise<string> {
    let end = 'under way';
    display.run(command, { signal: on }).then(
      () => {
        end = 'done';
      },
      (error: { fault?: string; message: string }) => {
        end = error.fault ?? error.message;
      },
    );
    await settle(8_000, () => end !== 'under way');
    return end;
  }
  return { clock, sim, display, settle, outcome };
}

test('a display is known by its name and power', async () => {
  const { display, settle } = createBench();
  await settle(200);
  expect(display.state()).toMatchObject({
    ...{ isConnected: true, power: { value: 'on', source: 'answer' }, identity: { value: 'Wall TV' } },
  });
});

test('it is put to standby by the source that it shows, switched on, and asked until it is so', async () => {
  const { sim, display, outcome } = createBench();
  expect(await outcome({ kind: 'setPower', isOn: false })).toBe('done');
  expect(display.state().power?.value).toBe('standby');
  const firstOf = (words: string) => sim.ran.findIndex((each) => each.endsWith(words));
  expect(firstOf('--active-source phys-addr=1.0.0.0')).toBeGreaterThanOrEqual(0);
  expect(firstOf('--standby')).toBeGreaterThan(firstOf('--active-source phys-addr=1.0.0.0'));
  expect(await outcome({ kind: 'setPower', isOn: true })).toBe('done');
  expect([display.state().power?.value, sim.truth.power()]).toEqual(['on', 'on']);
  expect(await outcome({ kind: 'setInput', input: 'terminal' })).toBe('done');
  expect(sim.truth.input).toBe('terminal');
  expect(await outcome({ kind: 'setInput', input: 'hdmi2' })).toBe('refused');
  expect(await outcome({ kind: 'setMuted', isMuted: true })).toBe('refused');
});

test('an address is taken once, and again when it was lost', async () => {
  const { sim, settle } = createBench();
  const taken = () => sim.ran.filter((each) => each.includes('--playback')).length;
  await settle(30_100);
  expect(taken()).toBe(1);
  sim.setPlugged(false);
  await settle(10_100);
  sim.setPlugged(true);
  await settle(10_100);
  expect(taken()).toBe(2);
});

test('what goes wrong has a name each', async () => {
  const { sim, display, settle, outcome } = createBench();
  await settle(200);
  sim.misbehave('abort');
  expect(await outcome({ kind: 'setPower', isOn: true })).toBe('refused');
  sim.misbehave('silence');
  expect(await outcome({ kind: 'setPower', isOn: true })).toBe('no_answer');
  sim.misbehave(null);
  sim.setPlugged(false);
  expect(await outcome({ kind: 'setInput', input: 'terminal' })).toBe('not_connected');
  expect(await outcome({ kind: 'setPower', isOn: true })).toBe('not_connected');
  expect(display.state().isConnected).toBe(false);
  sim.setPlugged(true);
  await settle(10_100);
  expect(display.state().isConnected).toBe(true);
});

test('a display that lies is quoted, and a hand on it is found out', async () => {
  const { sim, display, settle, outcome } = createBench();
  sim.setLying(true);
  expect(await outcome({ kind: 'setPower', isOn: true })).toBe('done');
  expect(display.state().power?.value).toBe('standby');
  sim.setLying(false);
  sim.truth.losePower();
  await settle(10_100);
  expect(display.state().power?.value).toBe('standby');
});

test('whoever gave up is not served, and too many do not wait', async () => {
  const { sim, display, settle } = createBench();
  await settle(200);
  const before = sim.ran.length;
  const reason = new Error('gone');
  await expect(display.run({ kind: 'setPower', isOn: true }, { signal: AbortSignal.abort(reason) })).rejects.toBe(
    reason,
  );
  expect(sim.ran).toHaveLength(before);
  const all = Promise.allSettled(Array.from({ length: 60 }, () => display.refresh({ signal })));
  await settle(300);
  const faults = (await all).flatMap((each) => (each.status === 'rejected' ? [each.reason.fault] : []));
  expect(faults.filter((fault) => fault === 'queue_full').length).toBeGreaterThanOrEqual(20);
});

test('no words of it are thrown at, and only known ones mean something', () => {
  const parts = fc.constantFrom(
    'pwr-state: ',
    'on',
    'standby',
    'to-on',
    'Physical Address : ',
    '1.0.0.0',
    'name: ',
    '\n',
  );
  const said = fc.array(fc.oneof(parts, fc.string({ maxLength: 8 })), { maxLength: 8 }).map((all) => all.join(''));
  fc.assert(
    fc.property(said, (text) => {
      parseFailure(text);
      const power = parsePower(text);
      const address = parsePhysicalAddress(text);
      expect(power === null || ['on', 'standby', 'warmingUp', 'coolingDown'].includes(power)).toBe(true);
      expect(address === null || /^[0-9a-f](\.[0-9a-f]){3}$/i.test(address)).toBe(true);
    }),
    { numRuns: 10_000 },
  );
});

test('its words are understood, and a stand-in for the program is run as the program is', async () => {
  expect(parsePower('\tpwr-state: to-on (0x02)')).toBe('warmingUp');
  expect(parsePower('\tpwr-state: 7')).toBeNull();
  expect(parsePhysicalAddress('Physical Address : f.f.f.f')).toBeNull();
  expect(parseFailure('Tx, Not Acknowledged (4), Max Retries')).toBe('nobody');
  const folder = mkdtempSync(join(tmpdir(), 'anteroom-cec-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const program = join(folder, 'cec-ctl');
  writeFileSync(
    program,
    '#!/bin/sh\n[ "$1" = fail ] && { echo "no such device" >&2; exit 1; }\n[ "$1" = wait ] && exec sleep 5\necho "$@"\n',
  );
  chmodSync(program, 0o755);
  expect(await runProgram(program, ['-d', '/dev/cec0; id'], { signal, timeoutMs: 5_000 })).toBe('-d /dev/cec0; id\n');
  await expect(runProgram(program, ['fail'], { signal, timeoutMs: 5_000 })).rejects.toThrow('no such device');
  await expect(runProgram(program, ['wait'], { signal, timeoutMs: 100 })).rejects.toThrow('nothing in 100 ms');
});
