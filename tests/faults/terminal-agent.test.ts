import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { meetingRoutes } from '@anteroom/shared/api/meetings.ts';
import { roomRoutes } from '@anteroom/shared/api/rooms.ts';
import { terminalRoutes } from '@anteroom/shared/api/terminals.ts';
import type { TerminalId } from '@anteroom/shared/ids.ts';
import type { PanelState } from '@anteroom/shared/panel/state.ts';
import type { CommandRequest } from '@anteroom/shared/protocol/commands.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimTerminal, type FleetApi, waitForPanel } from '../../scripts/lib/demonstration.ts';
import { eventually } from '../harness/eventually.ts';
import { type Rig, type RigTerminal, startRig } from '../harness/rig.ts';
import { meetingOnPanel, panelCall, touch } from '../harness/room.ts';

/** The real agent, without media, against the real fleet: commands, ringing, a start without network, revocation. */
describe('a terminal and its fleet', () => {
  const stack = new AsyncDisposableStack();
  let rig: Rig;
  let terminal: RigTerminal;
  let api: FleetApi;
  let terminalId: TerminalId;

  beforeAll(async () => {
    rig = stack.use(await startRig());
    api = await rig.api();
    terminal = await rig.startTerminal('terminal', ['--no-media']);
    terminalId = await claimTerminal(api, terminal.panelUrl(), { signal: AbortSignal.timeout(30_000) });
  }, 120_000);
  afterAll(() => stack.disposeAsync(), 60_000);

  const panel = (accept: (state: PanelState) => boolean, withinMs = 10_000) =>
    waitForPanel(terminal.panelUrl(), accept, { signal: AbortSignal.timeout(withinMs) });

  async function outcomeOf(request: CommandRequest): Promise<string> {
    const params = { terminalId };
    const { id } = await api.call(terminalRoutes.sendCommand, { params, body: { request } });
    const find = async () =>
      (await api.call(terminalRoutes.listCommands, { params })).items.find((command) => command.id === id);
    const ended = await eventually(`outcome of ${request.kind}`, 20_000, find, (command) => command?.result != null);
    return `${ended?.result} ${ended?.detail}`.trim();
  }

  test('is paired when the terminal itself has reported its room', async () => {
    const find = () => api.call(terminalRoutes.get, { params: { terminalId } });
    const reported = await eventually(
      'assigned',
      10_000,
      find,
      ({ stage, isConverged }) => stage === 'assigned' && isConverged,
    );
    expect(reported).toMatchObject({ isOnline: true, shortfalls: [], profile: 'simulated' });
    const shown = await panel(({ binding }) => binding.state === 'claimed');
    expect(shown.binding).toMatchObject({ space: { name: reported.space?.name }, roomName: reported.room?.name });
  }, 30_000);

  test('a command joins with microphone and camera closed; commands never open them', async () => {
    const meeting = await meetingOnPanel(rig, terminal.panelUrl());
    expect(await outcomeOf({ kind: 'join', meetingId: meeting.id })).toBe('done');
    const { call } = await panel((state) => state.call.state === 'in');
    expect(call).toMatchObject({ media: { isMicrophoneOn: false, isCameraOn: false } });
    await touch(terminal.panelUrl(), { kind: 'setMicrophone', isOn: true });
    await panel(({ call: shown }) => shown.state === 'in' && shown.media.isMicrophoneOn);
    expect(await outcomeOf({ kind: 'mute' })).toBe('done');
    await panel(({ call: shown }) => shown.state === 'in' && !shown.media.isMicrophoneOn);
    expect(await outcomeOf({ kind: 'restart', evenInMeeting: false })).toBe('refused This room is in a meeting.');
  }, 60_000);

  test('a restart during the meeting comes back to the same place in it', async () => {
    const before = await panel((state) => state.call.state === 'in');
    const lives = terminal.process.lives();
    expect(await outcomeOf({ kind: 'restart', evenInMeeting: true })).toBe('done');
    await terminal.process.waitForLife(lives + 1, { signal: AbortSignal.timeout(20_000) });
    const { call } = await panel((state) => state.call.state === 'in', 20_000);
    if (before.call.state !== 'in' || call.state !== 'in') throw new Error('unreachable: panel accepted that state');
    expect(call.ownParticipantId).toBe(before.call.ownParticipantId);
    expect(call.media).toEqual(before.call.media);
    expect(await outcomeOf({ kind: 'leave' })).toBe('done');
    await panelCall(terminal.panelUrl(), 'idle', 5_000);
  }, 60_000);

  test('a meeting that starts now rings, and answering joins it', async () => {
    const { items } = await api.call(roomRoutes.list, {});
    const shown = await api.call(terminalRoutes.get, { params: { terminalId } });
    const busy = await api.call(meetingRoutes.list, {});
    for (const { id, state } of busy.items)
      await api.call(state === 'live' ? meetingRoutes.end : meetingRoutes.cancel, { params: { meetingId: id } });
    const roomId = shown.room?.id ?? items[0]?.id;
    if (!roomId) throw new Error('the demonstration has a cloud room');
    await api.call(meetingRoutes.create, {
      body: { subject: 'Now', resource: { kind: 'room', roomId }, durationMinutes: 30, timeZone: 'UTC' },
    });
    const ring = await panelCall(terminal.panelUrl(), 'ringing', 10_000);
    expect(ring.call).toMatchObject({ meeting: { subject: 'Now' } });
    await touch(terminal.panelUrl(), { kind: 'answer' });
    await panelCall(terminal.panelUrl(), 'in', 10_000);
    await touch(terminal.panelUrl(), { kind: 'leave' });
    await panelCall(terminal.panelUrl(), 'idle', 5_000);
  }, 60_000);

  test('a revoked terminal forgets everything and shows a new code for a new key', async () => {
    const folder = join(rig.dataDir, 'terminal');
    expect(await readdir(folder)).toContain(terminalId);
    const keyPhrase = (await api.call(terminalRoutes.get, { params: { terminalId } })).certificate.keyPhrase;
    await api.call(terminalRoutes.revoke, { params: { terminalId } });
    const revoked = await panel(({ binding }) => binding.state === 'revoked');
    expect(revoked.meetings).toEqual([]);
    const { binding } = await panel((state) => state.binding.state === 'pairing', 20_000);
    expect(binding).toMatchObject({ keyPhrase: expect.not.stringMatching(keyPhrase) });
    expect(await readdir(folder)).not.toContain(terminalId);
    terminalId = await claimTerminal(api, terminal.panelUrl(), { signal: AbortSignal.timeout(30_000) });
  }, 60_000);

  test('a terminal that starts without its fleet shows its room and its meetings, and says what Join lacks', async () => {
    const meeting = await meetingOnPanel(rig, terminal.panelUrl());
    await rig.fleet[Symbol.asyncDispose]();
    const lives = terminal.process.lives();
    const pid = terminal.process.pid();
    if (pid === undefined) throw new Error('the terminal runs');
    process.kill(pid, 'SIGKILL');
    await terminal.process.waitForLife(lives + 1, { signal: AbortSignal.timeout(20_000) });
    const shown = await panel(({ binding }) => binding.state === 'claimed');
    expect(shown.link.isOnline).toBe(false);
    expect(shown.meetings.map(({ meetingId }) => meetingId)).toContain(meeting.id);
    await touch(terminal.panelUrl(), { kind: 'join', meetingId: meeting.id });
    const { call } = await panelCall(terminal.panelUrl(), 'failed', 20_000);
    expect(call).toMatchObject({ reason: 'fleet_unreachable', retryAt: expect.any(String) });
  }, 60_000);
});
