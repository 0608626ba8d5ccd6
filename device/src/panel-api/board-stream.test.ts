import type { BoardClientMessage } from '@anteroom/shared/signalling/messages.ts';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { createBoardChannel } from '@anteroom/shared/whiteboard/board-channel.ts';
import fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { serveBoard } from './board-stream.ts';

async function startBoard() {
  const asked: BoardClientMessage[] = [];
  const line = createBoardChannel((message) => asked.push(message));
  const painted: Buffer[] = [];
  const app = fastify();
  const panel = { board: line.channel, showBoard: (jpeg: Buffer) => void painted.push(jpeg) };
  serveBoard(app, { panel, clock: createSystemClock(), language: () => 'en', headers: {} });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => app.close());
  return { line, asked, painted, url: `${url}/api/board` };
}

const post = (url: string, body: object) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

test('a screen hears what comes from the meeting’s board, from the moment when it asks', async () => {
  const { line, url } = await startBoard();
  line.feed({ kind: 'opened' });
  const away = new AbortController();
  onTestFinished(() => away.abort());
  const response = await fetch(url, { signal: away.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toContain('data: {"kind":"opened"}');
  const message = { type: 'boardUpdate', part: 'AAA=', isLast: true } as const;
  line.feed({ kind: 'message', message });
  expect((await reader?.read())?.value).toContain(JSON.stringify({ kind: 'message', message }));
});

test('a screen asks for what it lacks while the terminal is in a meeting, and puts nothing on the board', async () => {
  const { line, asked, url } = await startBoard();
  const ask = { type: 'boardSync', stateVector: 'AA==' };
  expect((await post(url, ask)).status).toBe(202);
  expect(asked).toEqual([]);
  line.feed({ kind: 'opened' });
  await post(url, ask);
  const drawing = await post(url, { type: 'boardUpdate', part: 'AAA=', isLast: true });
  expect(drawing.status).toBe(400);
  expect(asked).toEqual([ask]);
});

test('a screen gives back what the board looks like, whole or not at all', async () => {
  const { painted, url } = await startBoard();
  const put = (bytes: number[]) =>
    fetch(`${url}.jpg`, {
      method: 'PUT',
      headers: { 'content-type': 'image/jpeg' },
      body: Uint8Array.from(bytes),
    }).then(({ status }) => status);
  const picture = [0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0xff, 0xd9];
  expect(await put(picture)).toBe(202);
  expect(await put(picture.slice(0, -1))).toBe(400);
  expect(await put([0x89, 0x50, 0x4e, 0x47, 0xff, 0xd9])).toBe(400);
  expect((await post(`${url}.jpg`, {})).status).toBe(404);
  expect(painted).toEqual([Buffer.from(picture)]);
});
