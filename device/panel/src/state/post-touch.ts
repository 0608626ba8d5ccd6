import { problem } from '@anteroom/shared/errors/problem.ts';
import type { DeviceTouch } from '@anteroom/shared/panel/devices.ts';
import type { PanelTouch } from '@anteroom/shared/panel/state.ts';

/** The agent answered a touch with a problem; `sentence` says why, in the terminal's language, when it gave one. */
export class TouchRefusedError extends Error {
  readonly sentence: string | null;

  constructor(message: string, sentence: string | null) {
    super(message);
    this.name = 'TouchRefusedError';
    this.sentence = sentence;
  }
}

/** Hands a touch to the agent (POST → 202 with nothing); rejects when it is not taken. */
export async function postTouch(
  url: '/api/touches' | '/api/devices/touches',
  touch: PanelTouch | DeviceTouch,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(touch),
    signal,
  });
  if (response.ok) return;
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
  const parsed = isProblem ? problem.safeParse(await response.json()) : null;
  const sentence = parsed?.success ? parsed.data.detail : null;
  throw new TouchRefusedError(`touch ${touch.kind}: the agent answered ${response.status}`, sentence);
}
