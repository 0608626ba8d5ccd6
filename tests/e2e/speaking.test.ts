import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { expect, test } from 'vitest';
import { claimTerminal, waitForPanel } from '../../scripts/lib/demonstration.ts';
import { eventually } from '../harness/eventually.ts';
import { type RigTerminal, startRig } from '../harness/rig.ts';
import { meetingOnPanel, touch } from '../harness/room.ts';

const run = promisify(execFile);

/** Janus averages 0.4 s of packets: whoever speaks is told of well within this. */
const listenMs = 3_000;

/** A camera picture and a microphone that is open in a room where nobody says anything. */
async function makeSilentClip(file: string): Promise<void> {
  const pipeline =
    'videotestsrc num-buffers=150 pattern=solid-color ! video/x-raw,width=320,height=180,framerate=30/1 ! vp8enc deadline=1 ! mux. ' +
    'audiotestsrc num-buffers=240 samplesperbuffer=1000 wave=silence ! audio/x-raw,rate=48000,channels=1 ! opusenc ! mux. ' +
    `webmmux name=mux ! filesink location=${file}`;
  await run('gst-launch-1.0', ['-q', ...pipeline.split(' ')]);
}

test('the room in which something is heard is told as speaking, and the open microphone of a silent room is not', async () => {
  await using rig = await startRig();
  const clip = join(rig.dataDir, 'silent.webm');
  await makeSilentClip(clip);
  const api = await rig.api();
  const enter = async (name: string, args: readonly string[]): Promise<RigTerminal> => {
    const terminal = await rig.startTerminal(name, args);
    await claimTerminal(api, terminal.panelUrl(), { signal: AbortSignal.timeout(30_000) });
    const meeting = await meetingOnPanel(rig, terminal.panelUrl());
    await touch(terminal.panelUrl(), { kind: 'join', meetingId: meeting.id });
    return terminal;
  };
  const loud = await enter('loud', []);
  const silent = await enter('silent', ['--camera', clip]);

  await expectOther(silent, (other) => other.isSpeaking);
  await expectOther(loud, ({ media, isConnected }) => media.isMicrophoneOn && isConnected);
  const endsAtMs = performance.now() + listenMs;
  while (performance.now() < endsAtMs) {
    await expectOther(loud, ({ isSpeaking }) => !isSpeaking, 0);
    await sleep(100);
  }
  await touch(loud.panelUrl(), { kind: 'setMicrophone', isOn: false });
  await expectOther(silent, ({ isSpeaking }) => !isSpeaking);
}, 120_000);

/** Waits until the one other participant in the terminal's roster is as `accept` wants. */
async function expectOther(
  terminal: RigTerminal,
  accept: (other: RosterEntry) => boolean,
  withinMs = 20_000,
): Promise<void> {
  const others = async () => {
    const { call } = await waitForPanel(terminal.panelUrl(), () => true, { signal: AbortSignal.timeout(5_000) });
    if (call.state !== 'in') return [];
    return call.roster.filter(({ participantId }) => participantId !== call.ownParticipantId);
  };
  const found = await eventually('the other', withinMs, others, ([other]) => other !== undefined && accept(other));
  expect(found).toHaveLength(1);
}
