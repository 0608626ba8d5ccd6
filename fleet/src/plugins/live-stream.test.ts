import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { Meeting } from '@anteroom/shared/api/meetings.ts';
import { newId } from '@anteroom/shared/ids.ts';
import {
  emptyLiveView,
  followLive,
  type LiveChange,
  type LiveView,
  liveEvent,
} from '@anteroom/shared/signalling/live.ts';
import { someone } from '@anteroom/shared/signalling/testing/someone.ts';
import fastifyCookie from '@fastify/cookie';
import fastify from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { goIn } from '../testing/participants.ts';
import { type Organization, type Person, startTestFleet, type TestFleet } from '../testing/test-fleet.ts';
import { createEventStreams } from './event-streams.ts';
import { registerLiveStream } from './live-stream.ts';

const someoneId = newId('participant');
let test: TestFleet;
let org: Organization;
let meeting: Meeting;

beforeAll(async () => {
  test = await startTestFleet({ args: ['--roles', 'api,signal'] });
  org = await test.createOrganization('Halden');
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async () => {
  const room = await test.createRoom(org.administrator, crypto.randomUUID(), 6);
  meeting = await test.createMeeting(org.administrator, room);
});

/** An open stream over a real connection: the view that its events come to, how many there were, and its end. */
async function follow({ cookie }: Person, at = test.fleet.ready.httpUrl) {
  const abort = new AbortController();
  const url = `${at}/api/v1/signal/meetings/${meeting.id}/events`;
  const response = await fetch(url, { headers: { cookie }, signal: abort.signal });
  const seen: { view: LiveView; kinds: string[]; end: string | null } = { view: emptyLiveView, kinds: [], end: null };
  const reading = (async () => {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of response.body ?? []) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const [, name, data = ''] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
        if (name === 'ended') seen.end = data;
        if (name !== 'live') continue;
        const event = liveEvent.parse(JSON.parse(data));
        seen.kinds.push(event.type);
        seen.view = followLive(seen.view, event);
      }
    }
  })().catch(() => {}); // aborted at the end
  return {
    ...{ response, seen, reading },
    async [Symbol.asyncDispose]() {
      abort.abort();
      await reading;
    },
  };
}
type Followed = Awaited<ReturnType<typeof follow>>;

/** Changes are told at most ten times a second. */
async function until(check: () => void): Promise<void> {
  await vi.waitFor(async () => {
    await test.clock.advance(100);
    check();
  });
}
const namesIn = ({ seen }: Followed) => seen.view.roster.map(({ name }) => name);

describe('the stream of a live meeting', () => {
  it('tells what is, and then what changes, also of a meeting that nobody is in yet', async () => {
    await using stream = await follow(org.administrator);
    expect(stream.response.headers.get('content-type')).toContain('text/event-stream');
    const ola = await goIn(test, meeting, 'Ola');
    await goIn(test, meeting, 'Kari');
    await until(() => expect(namesIn(stream)).toEqual(['Ola', 'Kari']));
    await test.expectOk(org.administrator, 'POST', `/signal/meetings/${meeting.id}/control`, {
      action: { kind: 'lock', isLocked: true },
    });
    await until(() => expect(stream.seen.view.controls).toMatchObject({ isLocked: true }));
    ola.send({ type: 'leave' });
    await until(() => expect(namesIn(stream)).toEqual(['Kari']));
    // Everything once, from then on only what changed.
    expect(new Set(stream.seen.kinds.slice(1))).toEqual(new Set(['change']));
  });

  it('tells everybody who looks on the same, and those who come later what is by then', async () => {
    await using first = await follow(org.administrator);
    await goIn(test, meeting, 'Ola');
    await until(() => expect(namesIn(first)).toEqual(['Ola']));
    await using second = await follow(org.administrator);
    await until(() => expect(namesIn(second)).toEqual(['Ola']));
    await goIn(test, meeting, 'Kari');
    await until(() => {
      for (const stream of [first, second]) expect(namesIn(stream)).toEqual(['Ola', 'Kari']);
    });
  });

  it('tells a burst of changes in one go', async () => {
    const ola = await goIn(test, meeting, 'Ola');
    await using stream = await follow(org.administrator);
    await until(() => expect(namesIn(stream)).toEqual(['Ola']));
    const path = `/signal/meetings/${meeting.id}/control`;
    for (let i = 0; i < 10; i++)
      await test.expectOk(org.administrator, 'POST', path, {
        action: { kind: 'rename', participantId: ola.participantId, name: `Ola ${i}` },
      });
    await until(() => expect(namesIn(stream)).toEqual(['Ola 9']));
    expect(stream.seen.kinds).toEqual(['view', 'change']);
  });

  it('ends with the session, at once, and says why', async () => {
    const manager = await test.createPerson(org.id, { name: 'M', role: 'administrator', permissions: ['meetings'] });
    await using stream = await follow(manager);
    await test.clock.advance(1_100); // until the counts are read from which changes are told
    await test.expectOk(org.administrator, 'DELETE', `/people/${manager.actor.accountId}`);
    await until(() => expect(stream.seen.end).toContain('removed_from_organization'));
    await stream.reading;
  });

  it('ends with the right to manage the meeting', async () => {
    const manager = await test.createPerson(org.id, { name: 'N', role: 'administrator', permissions: ['meetings'] });
    await using stream = await follow(manager);
    await test.clock.advance(1_100);
    await test.expectOk(org.administrator, 'POST', `/people/${manager.actor.accountId}/role`, {
      ...{ role: 'administrator', permissions: ['terminals'], managedDepartments: null },
    });
    await until(() => expect(stream.seen.end).toContain('not_found'));
    await stream.reading;
  });
});

/** The stream alone, of a meeting that the test makes up. */
async function startBareStream() {
  const app = fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('actor', null);
  await app.register(fastifyCookie);
  let onChange: (change: LiveChange) => void = () => {};
  let view = emptyLiveView;
  const { sessions, changes, live } = test.fleet.services;
  registerLiveStream(app, {
    ...{ sessions, changes, streams: createEventStreams(app, sessions), publicUrl: () => 'http://fleet.test' },
    live: {
      ...live,
      follow(_actor, _meetingId, listener) {
        onChange = listener;
        return Promise.resolve({ view: () => view, stop: () => {} });
      },
    },
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    change(name: string) {
      const entry = someone(name, { participantId: someoneId });
      view = { ...emptyLiveView, roster: [entry] };
      onChange({ changed: [entry], left: [] });
    },
    [Symbol.asyncDispose]: () => app.close(),
  };
}

it('tells a reader who was too slow everything again, instead of keeping what they missed', async () => {
  await using bare = await startBareStream();
  const address = new URL(bare.url);
  const socket = connect(Number(address.port), address.hostname);
  socket.write(
    `GET /api/v1/signal/meetings/${meeting.id}/events HTTP/1.1\r\nHost: fleet\r\nCookie: ${org.administrator.cookie}\r\n\r\n`,
  );
  await once(socket, 'readable');
  // Nothing is read from here on; more than any network holds.
  const changes = 4_000;
  for (let i = 0; i < changes; i++) {
    bare.change(`${i} ${'x'.repeat(20_000)}`);
    if (i % 100 === 0) await setImmediate();
  }
  bare.change('The last');
  let text = '';
  for await (const chunk of socket) {
    text += String(chunk);
    if (text.includes('The last')) break;
  }
  const kinds = [...text.matchAll(/"type":"(view|change)"/g)].map(([, kind]) => kind);
  expect(kinds.at(-1)).toBe('view');
  expect(kinds.length).toBeLessThan(changes);
});
