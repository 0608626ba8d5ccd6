import { noAnswer, type SearchResult, searchResult } from '@anteroom/shared/meeting/calling.ts';

/** Looks in the directory through the agent (POST /api/searches); rejects when there is no agent that could be asked. */
export async function postSearch(text: string): Promise<SearchResult> {
  const response = await fetch('/api/searches', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
  });
  // The meeting is over, or the room is on its way back into it: the screen says so itself.
  if (!response.ok) return noAnswer;
  return searchResult.parse(await response.json());
}
