import { change } from '@anteroom/shared/api/overview.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { codeOf, type Organization, startTestFleet, type TestFleet } from '../testing/test-fleet.ts';

let test: TestFleet;
let own: Organization;
let other: Organization;

beforeAll(async () => {
  test = await startTestFleet();
  own = await test.createOrganization('Own');
  other = await test.createOrganization('Other');
});
afterAll(() => test[Symbol.asyncDispose]());

/** An open stream over a real connection, with the topics that came so far. */
async function listen(cookie: string) {
  const abort = new AbortController();
  const response = await fetch(`${test.fleet.ready.httpUrl}/api/v1/changes`, {
    headers: { cookie },
    signal: abort.signal,
  });
  const topics: string[] = [];
  const reading = (async () => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      topics.length = 0;
      for (const [, data = ''] of text.matchAll(/event: change\ndata: (.*)\n\n/g))
        topics.push(change.parse(JSON.parse(data)).topic);
    }
  })().catch(() => {}); // aborted at the end
  const close = async () => {
    abort.abort();
    await reading;
  };
  return { response, topics, [Symbol.asyncDispose]: close };
}

describe('the stream of changes', () => {
  it('tells administrators of the organization what changed, and nobody else', async () => {
    await using ours = await listen(own.administrator.cookie);
    await using theirs = await listen(other.administrator.cookie);
    expect(ours.response.headers.get('content-type')).toContain('text/event-stream');
    await settle();
    await test.createRoom(own.administrator, 'Atlas');
    await waitForTopics(ours, ['resources', 'rooms']);
    await test.createSpace(own.administrator, 'Boardroom');
    await waitForTopics(ours, ['resources', 'rooms', 'spaces']);
    expect(theirs.topics).toEqual([]);
  });

  it('tells what another process changed', async () => {
    await using ours = await listen(own.administrator.cookie);
    await settle();
    await test.fleet.services.changes.mark(await test.openDatabase(), own.administrator.actor, 'terminals');
    await waitForTopics(ours, ['terminals']);
  });

  it('tells a burst of changes once', async () => {
    await using ours = await listen(own.administrator.cookie);
    await settle();
    for (let i = 0; i < 20; i++) await test.createSpace(own.administrator, `Burst ${i}`);
    await vi.waitFor(async () => {
      await test.clock.advance(250);
      expect(ours.topics.length).toBeGreaterThan(0);
    });
    await test.clock.advance(1_000);
    // One when the first of them was told, and one for all that came meanwhile.
    expect(ours.topics.length).toBeLessThanOrEqual(2);
  });

  it('ends for everybody of an organization that is dissolved, and says why, at once', async () => {
    const brief = await test.createOrganization('Brief');
    const open = [brief.administrator, brief.member].map(async ({ cookie }) => {
      const response = await fetch(`${test.fleet.ready.httpUrl}/api/v1/changes`, { headers: { cookie } });
      return { text: response.text() };
    });
    const streams = await Promise.all(open);
    await settle();
    const { db, services } = test.fleet;
    const end = 'removed_from_organization';
    await db.transaction().execute((tx) => services.sessions.endOrganization(tx, { orgId: brief.id }, end));
    await settle();
    for (const { text } of streams) expect(await text).toContain(`event: ended\ndata: {"reason":"${end}"}`);
  });

  it('is for those who are signed in', async () => {
    expect(codeOf(await test.call(null, 'GET', '/changes'))).toBe('sign_in_required');
  });
});

/** In any order: what changed together is told together. */
async function waitForTopics({ topics }: { topics: string[] }, expected: string[]): Promise<void> {
  await vi.waitFor(async () => {
    await test.clock.advance(250);
    expect([...topics].sort()).toEqual(expected);
  });
}

/** Until the counts are read from which changes are told. */
async function settle(): Promise<void> {
  await test.clock.advance(1_100);
}
