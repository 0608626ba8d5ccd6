import type { PanelState, PanelTouch } from '@anteroom/shared/panel/state.ts';
import { ensureMeeting, waitForPanel } from '../../scripts/lib/demonstration.ts';
import type { Rig } from './rig.ts';

/** A finger on the panel, below its page: the same request that the page makes. */
export async function touch(panelUrl: string, act: PanelTouch): Promise<void> {
  const response = await fetch(new URL('/api/touches', panelUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(act),
  });
  if (response.status !== 202) throw new Error(`touch ${act.kind}: ${response.status} ${await response.text()}`);
}

/** Waits until the panel is in `state`, at most `withinMs`. */
export function panelCall(panelUrl: string, state: PanelState['call']['state'], withinMs: number): Promise<PanelState> {
  return waitForPanel(panelUrl, (shown) => shown.call.state === state, { signal: AbortSignal.timeout(withinMs) });
}

/** A joinable meeting that the panel already shows. */
export async function meetingOnPanel(rig: Rig, panelUrl: string) {
  const meeting = await ensureMeeting(await rig.demonstration(), new Date());
  await waitForPanel(
    panelUrl,
    (shown) => shown.meetings.some((known) => known.meetingId === meeting.id && known.canJoin),
    {
      signal: AbortSignal.timeout(10_000),
    },
  );
  return meeting;
}
