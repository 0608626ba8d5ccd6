import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { claimTerminal } from '../../scripts/lib/demonstration.ts';
import { launchBrowser } from './browser.ts';
import { makeClip } from './clip.ts';
import { expectFlowBothWays, flowsBothWaysAfter } from './flow.ts';
import { descendantsOf } from './processes.ts';
import { type Rig, type RigTerminal, startRig } from './rig.ts';
import { meetingOnPanel, panelCall, touch } from './room.ts';

/** The programs of ours that carry a meeting; the fleet's link and the rest of it run as two. */
export const programs = ['mediaProcess', 'janus', 'agent', 'broker', 'fleet'] as const;
export type Program = (typeof programs)[number];

/** A terminal and a soft client in one meeting, both seeing each other's running code. */
export type LiveMeeting = AsyncDisposable & {
  rig: Rig;
  terminal: RigTerminal;
  /** Where the soft client runs. */
  far: Page;
  joinUrl: string;
  /** Process id of the present life of `program`; undefined between two lives. */
  pidOf(program: Program): Promise<number | undefined>;
  /** Kills `program` with SIGKILL; how long it then took until each side saw the other's code run again. */
  kill(program: Program, withinMs: number): Promise<{ farMs: number; displayMs: number }>;
};

/** `isWhole`: with as many pictures as people's cameras and rooms have, for what is measured. */
export async function startLiveMeeting({ isWhole = false } = {}): Promise<LiveMeeting> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'anteroom-clip-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const clip = await makeClip(folder, 1000, { isWhole });
  const rig = stack.use(await startRig({ isLinkApart: true, isWhole }));
  const api = await rig.api();
  const terminal = await rig.startTerminal('terminal');
  await claimTerminal(api, terminal.panelUrl(), { signal: AbortSignal.timeout(30_000) });
  const meeting = await meetingOnPanel(rig, terminal.panelUrl());
  const far = await stack.use(await launchBrowser({ clip })).newPage();
  await joinFromPage(far, meeting.joinUrl, 'Far');
  await touch(terminal.panelUrl(), { kind: 'join', meetingId: meeting.id });
  await panelCall(terminal.panelUrl(), 'in', 20_000);
  await expectFlowBothWays(far, terminal.panelUrl(), 20_000);
  const owned = stack.move();

  async function descendant(pattern: RegExp, ancestor: number | undefined): Promise<number | undefined> {
    if (ancestor === undefined) return undefined;
    return (await descendantsOf(ancestor)).find(({ command }) => pattern.test(command))?.pid;
  }

  const finders: Record<Program, () => Promise<number | undefined>> = {
    // The one that the meeting runs in: a spare beside it was forked later.
    mediaProcess: () => descendant(/device\/src\/media\/process\.ts/, terminal.process.pid()),
    janus: () => descendant(/^\S*janus /, rig.fleet.pid()),
    agent: async () => terminal.process.pid(),
    broker: async () => rig.link?.pid(),
    fleet: async () => rig.fleet.pid(),
  };

  return {
    ...{ rig, terminal, far, joinUrl: meeting.joinUrl },
    pidOf: (program) => finders[program](),
    async kill(program, withinMs) {
      const pid = await finders[program]();
      if (pid === undefined) throw new Error(`${program} does not run`);
      return flowsBothWaysAfter(() => process.kill(pid, 'SIGKILL'), far, terminal.panelUrl(), withinMs);
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Opens the meeting's link and joins under `name`, as a guest does. */
export async function joinFromPage(page: Page, joinUrl: string, name: string): Promise<void> {
  await page.goto(joinUrl);
  await page.getByRole('textbox', { name: /name/i }).fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
}
