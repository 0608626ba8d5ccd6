import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problem } from '@anteroom/shared/errors/problem.ts';
import { newId } from '@anteroom/shared/ids.ts';
import { noAnswer } from '@anteroom/shared/meeting/calling.ts';
import { openControls } from '@anteroom/shared/meeting/control.ts';
import type { TouchRefusal } from '@anteroom/shared/panel/actions.ts';
import { type PanelState, type PanelTouch, panelState } from '@anteroom/shared/panel/state.ts';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { createBoardChannel } from '@anteroom/shared/whiteboard/board-channel.ts';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import type { PictureOf } from '../ports/media.ts';
import { createPanelServer } from './server.ts';

const firstState: PanelState = {
  revision: 1,
  serverTime: '2026-01-05T09:00:00.000Z',
  language: 'en',
  binding: {
    state: 'pairing',
    code: 'ABCD-EFGH',
    keyPhrase: 'quiet harbour',
    expiresAt: '2026-01-05T09:10:00.000Z',
    claimUrl: 'https://console.example/claim?code=ABCDEFGH',
  },
  link: { isOnline: false, since: null },
  meetings: [],
  call: { state: 'idle' },
  missedCalls: [],
  doNotDisturb: false,
  isMutedInRoom: false,
  input: null,
  volumePercent: 60,
  peripherals: [],
  identifyUntil: null,
  hasDisplayPreview: false,
  hasSelfPreview: false,
  hasDevices: false,
  serial: 'SIM-1',
  software: '0.1.0',
};

const inMeeting: PanelState['call'] = {
  ...{
    state: 'in',
    since: firstState.serverTime,
    startedBy: 'room',
    beganOpen: false,
    ownParticipantId: newId('participant'),
  },
  meeting: {
    ...{ meetingId: newId('meeting'), number: '123456789', subject: 'Design review', organizerName: 'Ada' },
    ...{ startAt: firstState.serverTime, endAt: '2026-01-05T10:00:00.000Z', canJoin: true },
  },
  ...{ media: { isMicrophoneOn: true, isCameraOn: true }, roster: [], firstFrameMs: null, hostWish: null },
  ...{ controls: openControls, content: null, waiting: [], called: [], reactions: [], words: null, outcome: null },
  ownShare: { phase: 'off', end: null },
};

async function startPanel() {
  const folder = await mkdtemp(join(tmpdir(), 'anteroom-panel-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Anteroom</title>');
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'assets/index-1.js'), 'export {};');
  let state = firstState;
  let refusal: TouchRefusal | null = null;
  const pictures: Record<PictureOf, string | null> = { display: null, content: null, self: null };
  const touches: PanelTouch[] = [];
  const searches: string[] = [];
  const listeners = new Set<(state: PanelState) => void>();
  const app = createPanelServer({
    panel: {
      state: () => state,
      onState(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      touch(touch) {
        touches.push(touch);
        return Promise.resolve(refusal);
      },
      find(text) {
        searches.push(text);
        return Promise.resolve(noAnswer);
      },
      pictureFile: (which) => pictures[which],
      board: createBoardChannel(() => undefined).channel,
      showBoard: () => {},
    },
    ...{
      room: null,
      screensDir: folder,
      host: '127.0.0.1',
      clock: createSystemClock(),
      log: pino({ level: 'silent' }),
    },
  });
  onTestFinished(() => app.close());
  return {
    ...{ app, touches, searches, folder, listeners },
    set(change: Partial<PanelState>) {
      state = { ...state, ...change, revision: state.revision + 1 };
      for (const listener of listeners) listener(state);
    },
    refuse: (reason: TouchRefusal) => {
      refusal = reason;
    },
    show: (which: PictureOf, file: string) => {
      pictures[which] = file;
    },
  };
}

const headers = { host: '127.0.0.1:8090' };

test('a touch is followed at once and answered with nothing', async () => {
  const { app, touches } = await startPanel();
  const answer = await app.inject({ method: 'POST', url: '/api/touches', headers, payload: { kind: 'leave' } });
  expect(answer.statusCode).toBe(202);
  expect(answer.body).toBe('');
  expect(touches).toEqual([{ kind: 'leave' }]);
});

test.each<[string, object | string, string, number]>([
  ['a touch that does not exist', { kind: 'explode' }, 'request_invalid', 400],
  ['an unknown key', { kind: 'leave', force: true }, 'request_invalid', 400],
  ['a wrong type', { kind: 'setVolume', volumePercent: 'loud' }, 'request_invalid', 400],
  ['a value out of range', { kind: 'setVolume', volumePercent: 101 }, 'request_invalid', 400],
  ['an id of something else', { kind: 'join', meetingId: 'room_1' }, 'request_invalid', 400],
  ['broken JSON', '{"kind":', 'body_malformed', 400],
  ['an endless body', { kind: 'x'.repeat(5_000) }, 'body_too_large', 413],
])('%s is answered with problem details and changes nothing', async (_what, payload, code, status) => {
  const { app, touches } = await startPanel();
  const answer = await app.inject({
    ...{ method: 'POST', url: '/api/touches', payload },
    headers: { ...headers, 'content-type': 'application/json' },
  });
  expect(problem.parse(answer.json())).toMatchObject({ code, status });
  expect(answer.statusCode).toBe(status);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(touches).toEqual([]);
});

test('a touch that is not possible now is refused with the reason in the panel’s language', async () => {
  const { app, refuse, set } = await startPanel();
  refuse('no_call');
  set({ language: 'zh-CN' });
  const answer = await app.inject({ method: 'POST', url: '/api/touches', headers, payload: { kind: 'leave' } });
  expect(answer.statusCode).toBe(409);
  expect(answer.json()).toMatchObject({
    code: 'action_not_now',
    detail: '现在无法执行（本室不在会议中）。',
    values: { refusal: 'no_call' },
  });
});

test('meeting control is refused in the words of the meeting, in the panel’s language', async () => {
  const { app, refuse, set } = await startPanel();
  refuse('host_protected');
  set({ language: 'zh-CN' });
  const payload = { kind: 'control', action: { kind: 'remove', participantId: newId('participant') } };
  const refused = await app.inject({ method: 'POST', url: '/api/touches', headers, payload });
  expect(problem.parse(refused.json())).toMatchObject({ code: 'action_not_now' });
  expect(refused.json().detail).toContain('不能移除主持人');
  const unknown = { kind: 'control', action: { kind: 'openMicrophone' } };
  const odd = await app.inject({ method: 'POST', url: '/api/touches', headers, payload: unknown });
  expect(problem.parse(odd.json())).toMatchObject({ code: 'request_invalid' });
});

test('requests under another name or from another page are refused', async () => {
  const { app, touches } = await startPanel();
  const post = (own: Record<string, string>) =>
    app.inject({ method: 'POST', url: '/api/touches', headers: own, payload: { kind: 'leave' } });
  expect((await post({ host: 'evil.example' })).statusCode).toBe(403);
  expect((await post({ ...headers, origin: 'https://evil.example' })).statusCode).toBe(403);
  expect((await app.inject({ url: '/api/state', headers: { host: 'evil.example' } })).statusCode).toBe(403);
  expect(touches).toEqual([]);
});

test.each([
  ['display', 'self'],
  ['content', 'display'],
  ['self', 'display'],
] as const)('the picture of the %s is the newest file, or a problem while there is none', async (which, other) => {
  const { app, show, folder } = await startPanel();
  const get = (name: string) => app.inject({ url: `/api/${name}.jpg`, headers });
  expect((await get(which)).statusCode).toBe(404);
  show(which, join(folder, 'gone.jpg'));
  expect((await get(which)).statusCode).toBe(404);
  await writeFile(join(folder, 'picture.jpg'), 'jpeg');
  show(which, join(folder, 'picture.jpg'));
  expect(await get(which)).toMatchObject({ statusCode: 200, body: 'jpeg', headers: { 'cache-control': 'no-store' } });
  expect((await get(other)).json()).toMatchObject({ code: 'not_found' });
});

test('the QR code is there while a code is', async () => {
  const { app, set } = await startPanel();
  const drawn = await app.inject({ url: '/api/qr.svg', headers });
  expect(drawn.headers['content-type']).toContain('image/svg+xml');
  expect(drawn.body).toContain('<svg');
  set({ binding: { state: 'configuring' } });
  expect((await app.inject({ url: '/api/qr.svg', headers })).statusCode).toBe(404);
});

test.each(['/', '/display', '/display/left'])('%s is the page of the screens', async (url) => {
  const { app } = await startPanel();
  const answer = await app.inject({ url, headers });
  expect(answer.body).toContain('<title>Anteroom</title>');
  expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
  expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
});

test('files that were built are served with their type, fixed ones for ever', async () => {
  const { app } = await startPanel();
  const script = await app.inject({ url: '/assets/index-1.js', headers });
  expect(script.body).toBe('export {};');
  expect(script.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  });
  const page = await app.inject({ url: '/', headers });
  expect(page.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' });
});

test('what is not there is a problem', async () => {
  const { app } = await startPanel();
  expect((await app.inject({ url: '/api/nothing', headers })).json()).toMatchObject({ code: 'route_not_found' });
  expect((await app.inject({ url: '/../server.ts', headers })).statusCode).toBe(404);
});

test('screens get the whole state at once, every change soon after, and go away cleanly', async () => {
  const { app, set, listeners } = await startPanel();
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const away = new AbortController();
  const response = await fetch(`${url}/api/state`, { signal: away.signal });
  const states = readStates(response);
  expect((await states.next()).value).toEqual(firstState);
  const atMs = performance.now();
  set({ volumePercent: 10 });
  expect((await states.next()).value).toMatchObject({ revision: 2, volumePercent: 10 });
  expect(performance.now() - atMs).toBeLessThan(100);
  away.abort();
  await expect.poll(() => listeners.size).toBe(0);
});

async function* readStates(response: Response): AsyncGenerator<PanelState> {
  if (!response.body) throw new Error('no stream');
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const block = text.slice(0, end);
      text = text.slice(end + 2);
      const line = block.split('\n').find((part) => part.startsWith('data: '));
      if (line) yield panelState.parse(JSON.parse(line.slice('data: '.length)));
    }
  }
}

test('a search goes to the fleet while the room is in a meeting, and is answered with what came of it', async () => {
  const { app, searches, set } = await startPanel();
  const search = (payload: object) => app.inject({ method: 'POST', url: '/api/searches', headers, payload });
  expect((await search({ text: 'mika' })).json()).toMatchObject({
    code: 'action_not_now',
    values: { refusal: 'no_call' },
  });
  expect(searches).toEqual([]);
  set({ call: inMeeting });
  const answer = await search({ text: ' mika ' });
  expect([answer.statusCode, answer.json()]).toEqual([200, noAnswer]);
  expect((await search({ text: '' })).statusCode).toBe(200);
  expect((await search({ text: 'x'.repeat(81) })).json()).toMatchObject({ code: 'request_invalid' });
  expect((await search({ words: 'mika' })).json()).toMatchObject({ code: 'request_invalid' });
  expect(searches).toEqual(['mika', '']);
});
