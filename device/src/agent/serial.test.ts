import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findSerial } from './serial.ts';

async function machine(told: string | null) {
  const folder = await mkdtemp(join(tmpdir(), 'anteroom-serial-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'serial-number');
  if (told !== null) await writeFile(file, told);
  const stored: { value: { serial: string } | null } = { value: null };
  const document = {
    read: () => Promise.resolve(stored.value),
    write: (value: { serial: string }) => {
      stored.value = value;
      return Promise.resolve();
    },
    remove: () => Promise.resolve(),
  };
  return { document, files: [file] };
}

test.each<[string, string | null, RegExp]>([
  ['a PC', 'PF2ABC12\n', /^PF2ABC12$/],
  ['a board, whose number ends in a zero byte', '10000000a1b2c3d4\0', /^10000000a1b2c3d4$/],
  ['a PC whose vendor filled nothing in', 'To be filled by O.E.M.\n', /^ANT-[0-9A-F]{10}$/],
  ['a PC of zeros', '00000000\n', /^ANT-[0-9A-F]{10}$/],
  ['a machine that tells nothing', null, /^ANT-[0-9A-F]{10}$/],
])('%s', async (_what, told, expected) => {
  expect(await findSerial({ ...(await machine(told)), given: null, isSimulated: false })).toMatch(expected);
});

test('a made number stays, a simulated terminal never takes the machine’s, and a given one wins', async () => {
  const own = await machine('PF2ABC12');
  const made = await findSerial({ ...own, given: null, isSimulated: true });
  expect(made).toMatch(/^SIM-[0-9A-F]{10}$/);
  expect(await findSerial({ ...own, given: null, isSimulated: true })).toBe(made);
  expect(await findSerial({ ...own, given: 'X-1', isSimulated: false })).toBe('X-1');
});
