import { z } from 'zod';

/** A join ticket for the meeting with this number, as a guest gets it at the door. */
export async function takeTicket(httpUrl: string, number: string, name: string): Promise<string> {
  const response = await fetch(new URL(`/api/v1/join/${number}`, httpUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  return z.object({ ticket: z.string() }).parse(await response.json()).ticket;
}
