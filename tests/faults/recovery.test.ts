import type { PanelState } from '@anteroom/shared/panel/state.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitForPanel } from '../../scripts/lib/demonstration.ts';
import { eventually } from '../harness/eventually.ts';
import { type LiveMeeting, type Program, startLiveMeeting } from '../harness/live-meeting.ts';

/** How long it takes is measured by `npm run bench -- recovery`, on a machine that does nothing else. */
const patienceMs = 30_000;

/** During one meeting every program is killed, one after the other: each comes back, and codes run both ways again. */
describe('a meeting outlives the death of its programs', () => {
  let meeting: LiveMeeting;

  beforeAll(async () => {
    meeting = await startLiveMeeting();
  }, 120_000);
  afterAll(() => meeting?.[Symbol.asyncDispose](), 120_000);

  async function expectOutlived(program: Program): Promise<void> {
    const killed = await meeting.pidOf(program);
    await meeting.kill(program, patienceMs);
    const isReplaced = (pid: number | undefined) => pid !== undefined && pid !== killed;
    expect(await eventually(program, patienceMs, () => meeting.pidOf(program), isReplaced)).not.toBe(killed);
    const accept = (state: PanelState) => state.call.state === 'in' && state.link.isOnline;
    const { call } = await waitForPanel(meeting.terminal.panelUrl(), accept, {
      signal: AbortSignal.timeout(patienceMs),
    });
    expect(call.state).toBe('in');
  }

  test('the media process', () => expectOutlived('mediaProcess'), 120_000);
  test('Janus', () => expectOutlived('janus'), 120_000);
  test('the agent', () => expectOutlived('agent'), 120_000);
  test('the broker', () => expectOutlived('broker'), 120_000);
  test('the fleet, with signalling and Janus', () => expectOutlived('fleet'), 120_000);
});
