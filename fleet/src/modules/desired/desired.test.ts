import { terminalId } from '@anteroom/shared/ids.ts';
import type { DesiredDocument } from '@anteroom/shared/protocol/desired.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { getDesired } from '../../link/desired.ts';
import { type Organization, type PairedTerminal, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

let test: TestFleet;
let org: Organization;
let spaceId: string;
let roomId: string;
let terminal: PairedTerminal;

beforeAll(async () => {
  test = await startTestFleet();
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async ({ task }) => {
  org = await test.createOrganization(`Own-${task.id}`);
  spaceId = await test.createSpace(org.administrator, 'Boardroom');
  roomId = await test.createRoom(org.administrator, 'Atlas');
  terminal = await test.pairTerminal(org.administrator, { name: 'One', spaceId, roomId });
});

async function desired(): Promise<DesiredDocument> {
  const document = await getDesired(test.fleet.db, terminalId.parse(terminal.id));
  if (!document) throw new Error('the terminal has no desired document');
  return document;
}
const inMs = (ms: number) => new Date(test.clock.now().getTime() + ms).toISOString();

describe('what a terminal is told', () => {
  it('is its binding, from the moment it is claimed', async () => {
    expect(await desired()).toMatchObject({
      version: { n: 1 },
      terminal: { id: terminal.id, name: 'One' },
      organization: { id: org.administrator.actor.orgId },
      space: { id: spaceId, name: 'Boardroom', site: 'Harbour House', capacity: 8, timeZone: 'Europe/Oslo' },
      room: { id: roomId, name: 'Atlas', capacity: 10 },
      meetings: [],
      signallingUrl: expect.stringMatching(/^wss:\/\/127\.0\.0\.1:\d+\/signal$/),
    });
  });

  it('follows every change of it', async () => {
    const admin = org.administrator;
    await test.expectOk(admin, 'PATCH', `/spaces/${spaceId}`, { floor: '9' });
    expect((await desired()).space?.floor).toBe('9');
    await test.expectOk(admin, 'PATCH', `/rooms/${roomId}`, { name: 'Birch' });
    expect((await desired()).room?.name).toBe('Birch');
    await test.expectOk(admin, 'PATCH', `/terminals/${terminal.id}`, { name: 'First', roomId: null });
    expect(await desired()).toMatchObject({ terminal: { name: 'First' }, room: null });
    await test.expectOk(admin, 'DELETE', `/spaces/${spaceId}`);
    expect((await desired()).space).toBeNull();
    expect((await desired()).version.n).toBe(5);
  });

  it('is the same version while nothing changes', async () => {
    await test.createMeeting(org.administrator, roomId, { startAt: inMs(30 * minuteMs) });
    const before = await desired();
    await test.fleet.services.desired.refreshAll();
    await test.expectOk(org.administrator, 'PATCH', `/spaces/${spaceId}`, { floor: '3' });
    expect(await desired()).toEqual(before);
  });

  it('is nothing more once the terminal is revoked', async () => {
    await test.expectOk(org.administrator, 'POST', `/terminals/${terminal.id}/revoke`);
    expect(await getDesired(test.fleet.db, terminalId.parse(terminal.id))).toBeNull();
  });
});

describe('its meetings', () => {
  it('come with tickets, by start, and go when they are cancelled or ended', async () => {
    const later = await test.createMeeting(org.administrator, roomId, {
      subject: 'Later',
      startAt: inMs(60 * minuteMs),
    });
    const now = await test.createMeeting(org.administrator, roomId, { subject: 'Now' });
    const { meetings } = await desired();
    expect(meetings.map(({ subject }) => subject)).toEqual(['Now', 'Later']);
    for (const { ticket, organizerName } of meetings) {
      expect(ticket?.split('.')).toHaveLength(3);
      expect(organizerName).toBe(org.administrator.actor.accountName);
    }
    await test.expectOk(org.administrator, 'POST', `/meetings/${later.id}/cancel`);
    await test.expectOk(org.administrator, 'POST', `/meetings/${now.id}/end`);
    expect((await desired()).meetings).toEqual([]);
  });

  it('ring when they begin now, for 45 s', async () => {
    await test.createMeeting(org.administrator, roomId);
    expect((await desired()).meetings[0]?.ringUntil).toBe(inMs(45_000));
    await test.clock.advance(51_000);
    await vi.waitFor(async () => expect((await desired()).meetings[0]?.ringUntil).toBeNull());
  });

  it('come into sight a week ahead, and go when they are over by themselves', async () => {
    const { id } = await test.createMeeting(org.administrator, roomId, {
      startAt: inMs(7 * dayMs + minuteMs),
      durationMinutes: 5,
    });
    expect((await desired()).meetings).toEqual([]);
    test.clock.jumpTo(new Date(test.clock.now().getTime() + 2 * minuteMs));
    await test.clock.advance(5_000);
    await vi.waitFor(async () => expect((await desired()).meetings.map(({ meetingId }) => meetingId)).toEqual([id]));
    test.clock.jumpTo(new Date(test.clock.now().getTime() + 7 * dayMs + 21 * minuteMs));
    await test.clock.advance(5_000);
    await vi.waitFor(async () => expect((await desired()).meetings).toEqual([]));
  });

  it('are those of its own cloud room only', async () => {
    const elsewhere = await test.createRoom(org.administrator, 'Birch');
    await test.createMeeting(org.administrator, elsewhere);
    expect((await desired()).meetings).toEqual([]);
    await test.expectOk(org.administrator, 'PATCH', `/terminals/${terminal.id}`, { roomId: elsewhere });
    expect((await desired()).meetings).toHaveLength(1);
  });
});
