import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { pino } from 'pino';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createGpioRoomIo } from '../drivers/gpio/room-io.ts';
import { createGpioSysfs, type OpenPin, openOnoffPin } from './gpio-sysfs.ts';

const folder = await mkdtemp(join(tmpdir(), 'anteroom-gpio-'));
afterAll(() => rm(folder, { recursive: true }));
for (const [name, base, label] of [
  ['gpiochip0', 0, 'brcmvirt-gpio'],
  ['gpiochip458', 458, 'pinctrl-bcm2835'],
] as const) {
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, 'base'), `${base}\n`);
  await writeFile(join(folder, name, 'label'), `${label}\n`);
}
const { signal } = new AbortController();
const contact = { line: 4, isActiveLow: true, bias: 'none' } as const;

/** The kernel's side of lines, by their numbers, in place of a /sys that onoff could export them in. */
const levels = new Map<number, number>();
const opened: string[] = [];
const watchers = new Map<number, (error: Error | null, level: number) => void>();
let refusal: string | null = null;
beforeEach(() => {
  levels.clear();
  opened.splice(0);
  watchers.clear();
  refusal = null;
});
const openPin: OpenPin = async (number, direction, edge) => {
  if (refusal) throw Object.assign(new Error(`${refusal}: write`), { code: refusal });
  opened.push(`${number} ${direction} ${edge}`);
  if (direction !== 'in') levels.set(number, direction === 'high' ? 1 : 0);
  return {
    read: async () => levels.get(number) ?? 1,
    watch: (listener) => void watchers.set(number, listener),
    unexport: () => void opened.push(`${number} unexported`),
  };
};
const lines = createGpioSysfs({ chip: 'pinctrl-bcm2835', folder, openPin });

test('a contact is read, and then tells what changes, until nobody wants to know', async () => {
  const stop = new AbortController();
  const seen: boolean[] = [];
  for await (const isActive of lines.watch(contact, { signal: stop.signal })) {
    seen.push(isActive);
    watchers.get(462)?.(null, 1); // As it is: no news.
    if (seen.length === 1) watchers.get(462)?.(null, 0);
    if (seen.length === 2) watchers.get(462)?.(null, 1);
    if (seen.length === 3) stop.abort();
  }
  expect(seen).toEqual([false, true, false]);
  expect(opened).toEqual(['462 in both', '462 unexported']);
});

test('a line that cannot be watched any more says so', async () => {
  const watch = async () => {
    for await (const _ of lines.watch(contact, { signal })) watchers.get(462)?.(new Error('EIO: read'), 0);
  };
  await expect(watch()).rejects.toThrow('EIO: read');
  expect(opened.at(-1)).toBe('462 unexported');
});

test.each([
  [{ line: 2, isActiveLow: false }, true, '460 high none'],
  [{ line: 2, isActiveLow: false }, false, '460 low none'],
  [{ line: 3, isActiveLow: true }, true, '461 low none'],
  [{ line: 3, isActiveLow: true }, false, '461 high none'],
])('an output %j begins on its level: %s', async (output, isOn, how) => {
  {
    await using _held = await lines.hold(output, isOn, { signal });
    expect(opened).toEqual([how]);
  }
  expect(opened.at(-1)).toBe(`${how.split(' ')[0]} unexported`);
});

describe('what goes wrong has a name', () => {
  test.each([
    ['EBUSY', 'busy'],
    ['EINVAL', 'not_connected'],
    ['ENOENT', 'not_connected'],
    ['EACCES', 'device_failed'],
  ])('%s: %s', async (code, fault) => {
    refusal = code;
    await expect(lines.hold({ line: 2, isActiveLow: false }, true, { signal })).rejects.toMatchObject({ fault });
  });

  test('a chip that is not there, and a pull that this kernel does not have', async () => {
    const other = createGpioSysfs({ chip: 'pinctrl-rp1', folder, openPin });
    await expect(other.hold({ line: 2, isActiveLow: false }, true, { signal })).rejects.toMatchObject({
      ...{ fault: 'not_connected', message: 'there is no chip pinctrl-rp1, but gpiochip0, gpiochip458' },
    });
    const watch = lines.watch({ ...contact, bias: 'pullUp' }, { signal })[Symbol.asyncIterator]();
    await expect(watch.next()).rejects.toMatchObject({ fault: 'refused' });
  });
});

test('the driver of room I/O drives them as it drives those of libgpiod', async () => {
  await using io = createGpioRoomIo({
    facts: { outputs: { lamp: { line: 2, isActiveLow: true } }, contacts: { door: contact } },
    ...{ lines, clock: createManualClock(), log: pino({ level: 'silent' }) },
  });
  await io.run({ kind: 'setOutput', output: 'lamp', isOn: true }, { signal });
  expect(levels.get(460)).toBe(0);
  await expect.poll(() => io.state()).toMatchObject({ isConnected: true, contacts: { door: { value: false } } });
  watchers.get(462)?.(null, 0);
  await expect.poll(() => io.state()).toMatchObject({ contacts: { door: { value: true, source: 'report' } } });
});

test('onoff loads, and asks this kernel', async () => {
  // Nobody has a line of that number; a kernel without lines in sysfs has none at all.
  await expect(openOnoffPin(1_000_000, 'in', 'none')).rejects.toMatchObject({
    code: expect.stringMatching(/^(ENOENT|EINVAL|EACCES|EROFS)$/),
  });
});
