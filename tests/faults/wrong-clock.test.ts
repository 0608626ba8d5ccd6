import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PanelState } from '@anteroom/shared/panel/state.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimTerminal, type FleetApi, waitForPanel } from '../../scripts/lib/demonstration.ts';
import { type Rig, type RigTerminal, startRig, wrongClock } from '../harness/rig.ts';

const run = promisify(execFile);

/** Real terminals whose machine's clock is years off, a real fleet with real certificates: OpenSSL reads the wrong clock. */
describe('a terminal with a wrong clock', () => {
  const stack = new AsyncDisposableStack();
  let rig: Rig;
  let api: FleetApi;

  beforeAll(async () => {
    rig = stack.use(await startRig());
    api = await rig.api();
  }, 60_000);
  afterAll(() => stack.disposeAsync(), 60_000);

  const panel = ({ panelUrl }: RigTerminal, accept: (state: PanelState) => boolean) =>
    waitForPanel(panelUrl(), accept, { signal: AbortSignal.timeout(20_000) });
  const isOnline = ({ link, binding }: PanelState) => binding.state === 'claimed' && link.isOnline;
  const savedAt = async (name: string) => {
    const file = await readFile(join(rig.dataDir, name, 'time.json'), 'utf8');
    return Date.parse(JSON.parse(file).savedAt);
  };

  test.each([
    ['1970', '1970-01-01 00:00:10'],
    ['2040', '2040-06-01 12:00:00'],
  ])(
    'that starts in %s asks for the time, pairs, comes online and saves the time',
    async (year, startsAt) => {
      const { stdout } = await run(process.execPath, ['-p', 'new Date().getFullYear()'], {
        env: { ...process.env, ...wrongClock(startsAt) },
      });
      expect(stdout.trim()).toBe(year);
      const name = `terminal-${year}`;
      const terminal = await rig.startTerminal(name, ['--no-media'], { startsAt });
      await claimTerminal(api, terminal.panelUrl(), { signal: AbortSignal.timeout(30_000) });
      await panel(terminal, isOnline);
      expect(Math.abs((await savedAt(name)) - Date.now())).toBeLessThan(60_000);
      await terminal.process[Symbol.asyncDispose]();

      const again = await rig.startTerminal(name, ['--no-media'], { startsAt });
      await panel(again, isOnline);
      await again.process[Symbol.asyncDispose]();
    },
    90_000,
  );

  test('shows its screen while the fleet cannot be reached', async () => {
    const terminal = await rig.startTerminal('alone', ['--no-media', '--fleet', 'https://127.0.0.1:1'], {
      startsAt: '1970-01-01 00:00:10',
    });
    const { binding } = await panel(
      terminal,
      ({ binding }) => binding.state === 'contacting' && binding.fault !== null,
    );
    expect(binding).toMatchObject({ state: 'contacting', fault: expect.stringContaining('127.0.0.1:1') });
  }, 60_000);
});
