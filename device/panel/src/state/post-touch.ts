import type { PanelTouch } from '@anteroom/shared/panel/state.ts';

/** Hands a touch to the agent (POST /api/touches → 202 with nothing); rejects with the status when it is not taken. */
export async function postTouch(touch: PanelTouch, { signal }: { signal: AbortSignal }): Promise<void> {
  const response = await fetch('/api/touches', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(touch),
    signal,
  });
  if (!response.ok) throw new Error(`touch ${touch.kind}: the agent answered ${response.status}`);
}
