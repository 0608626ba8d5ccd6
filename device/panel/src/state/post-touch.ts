import { problem } from '@anteroom/shared/errors/problem.ts';
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

/** Hands a touch to the agent (POST /api/touches → 202 with nothing); rejects when it is not taken. */
export async function postTouch(touch: PanelTouch, { signal }: { signal: AbortSignal }): Promise<void> {
  const response = await fetch('/api/touches', {
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
