import { whyNotTouch } from '@anteroom/shared/panel/actions.ts';
import type { PanelState } from '@anteroom/shared/panel/state.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import { createBoardChannel } from '@anteroom/shared/whiteboard/board-channel.ts';
import type { Logger } from 'pino';
import { createEnrolment, type EnrolledIdentity, type EnrolmentView } from '../enrolment/enrolment.ts';
import { createFleetClient } from '../enrolment/fleet-client.ts';
import { storedIdentity } from '../enrolment/identity.ts';
import type { LinkHandlers, LinkHardware, LinkStatus, LinkTiming } from '../link/link.ts';
import { isBoardShown } from '../meeting/board.ts';
import { hostWishManner } from '../meeting/host-wish.ts';
import { isInputShown } from '../meeting/own-share.ts';
import { mediaAtJoin, mediaAtRemoteStart } from '../meeting/remote-start.ts';
import { ringManner } from '../meeting/rings.ts';
import { watermarkOf } from '../meeting/watermark.ts';
import type { PanelService } from '../panel-api/panel-service.ts';
import type { MediaPort } from '../ports/media.ts';
import type { MuteKey } from '../ports/mute-key.ts';
import type { Store } from '../ports/store.ts';
import { createReconciler } from '../reconcile/runner.ts';
import type { Room } from '../room/room.ts';
import { createSignallingLine } from '../signalling/line.ts';
import { createBoardPictures } from './board-picture.ts';
import { createCallRunner } from './call.ts';
import { callReport } from './call-report.ts';
import { boardLabel, ownShareLabel, shareLabel, stageCaption } from './caption.ts';
import { createCommands } from './commands.ts';
import { createDirectorySearch } from './directory-search.ts';
import { createExecutor } from './execute.ts';
import { createMeetings } from './meetings.ts';
import { type Membership, openMembership } from './membership.ts';
import { createPanelFeed } from './panel-feed.ts';
import { panelContent } from './panel-view.ts';
import { createPeripherals } from './peripherals.ts';
import { openPreferences, storedPreferences } from './preferences.ts';
import { createReports } from './reports.ts';
import { createTelemetry } from './telemetry.ts';
import { followTouch } from './touches.ts';

/** One terminal: everything but its media process and its web server. The simulator runs many of them in one process. */
export interface Terminal {
  panel: PanelService;
  /** Pairs, links and meets until `signal` aborts. */
  run(options: { signal: AbortSignal }): Promise<void>;
  /** Cuts the connections to the fleet, as a broken network does; they come back by themselves. For simulations. */
  dropConnections(): void;
  /** Ends everything. `comesBack`: the agent is restarted at once, so a call is kept and not left. */
  stop(options: { comesBack: boolean }): Promise<void>;
}

export type TerminalDeps = {
  dataDir: string;
  openStore(directory: string): Promise<Store>;
  fleet: { url: URL; caPem: string };
  hardware: LinkHardware;
  media: MediaPort;
  muteKey: MuteKey;
  /** Null where no devices are installed beside the terminal. */
  room: Pick<Room, 'shortfalls' | 'onShortfalls'> | null;
  /** False in the simulator, which has no media. */
  isPublishing: boolean;
  linkTiming: LinkTiming;
  clock: Clock;
  random: () => number;
  log: Logger;
  /** A command asks for a restart of the agent. */
  onRestart(): void;
};

const telemetryEveryMs = 30_000;
/** The fleet's word on devices that do not change is at most this much older than the terminal's. */
const reportEveryMs = 300_000;
/** How soon a meeting that begins to be joinable gets its signalling connection. */
const lineEveryMs = 2_000;
const leaveWithinMs = 1_500;

export async function createTerminal(deps: TerminalDeps): Promise<Terminal> {
  const {
    dataDir,
    openStore,
    fleet,
    hardware,
    media,
    muteKey,
    room,
    isPublishing,
    linkTiming,
    clock,
    random,
    log,
    onRestart,
  } = deps;
  const stopped = new AbortController();
  const store = await openStore(dataDir);
  const preferences = await openPreferences({
    document: store.document('preferences', storedPreferences),
    log,
    onChange() {
      call.applyVolume();
      feed.touch();
    },
  });
  let enrolmentView: EnrolmentView = { state: 'contacting', fault: null };
  let membership: Membership | null = null;
  let linkStatus: { isOnline: boolean; since: string | null } = { isOnline: false, since: null };
  let identifyUntil: string | null = null;
  /** Server time minus the terminal's own, from the answers of enrolment; a few seconds of error are left alone. */
  let skewMs = 0;

  const serverNow = () => membership?.link.serverNow() ?? new Date(clock.now().getTime() + skewMs);
  const peripherals = createPeripherals({
    serverNow,
    onChange({ kind, name, state }) {
      feed.touch();
      report();
      announce('peripheralChanged', { kind, name, state });
    },
    onSeenAgain: () => feed.touch(),
  });

  const line = createSignallingLine({
    credentials: () => membership && { ...membership.identity(), caPem: fleet.caPem },
    clock,
    random,
    log: log.child({ component: 'signalling' }),
    onEvent(event) {
      const isRevoked = event.type === 'message' && event.message.type === 'bye' && event.message.reason === 'revoked';
      call.follow(event);
      if (isRevoked) enrolment.revoke();
      if (event.type === 'refused') enrolment.suspectCertificate();
    },
  });
  const meetings = createMeetings({
    clock,
    serverNow,
    log: log.child({ component: 'meeting' }),
    ringManner: () => ringManner(preferences.settings()),
    mediaAtRemoteStart: () => mediaAtRemoteStart(preferences.settings()),
    run: (effect) => call.run(effect),
  });
  const directory = createDirectorySearch({ send: line.send, clock });
  const board = createBoardChannel((message) => line.send(message));
  const boardPictures = createBoardPictures({
    isShown: () => isBoardShown(meetings.call()),
    label: () => boardLabel(preferences.language()),
  });
  const call = createCallRunner({
    ...{ feedBoard: board.feed, board: boardPictures.shown, onFound: directory.settle },
    ...{ media, isPublishing, line, clock, log: log.child({ component: 'call' }) },
    memory: () => membership?.memory ?? null,
    ...{ volumePercent: preferences.volumePercent, isMutedInRoom: muteKey.isMuted },
    watermark: () => watermarkOf(meetings.call()),
    hostWishManner: () => hostWishManner(preferences.settings()),
    caption: (meeting) => stageCaption(meeting, preferences.language()),
    shareLabel: (name) => shareLabel(name, preferences.language()),
    ownShareLabel: () => ownShareLabel(preferences.language()),
    announce: (kind, detail) => announce(kind, detail),
    rememberMissed: (missed) => membership?.missed.write(missed),
    onPeripheral: peripherals.observe,
    dispatch: (event) => meetings.dispatch(event),
  });
  meetings.onChange((now, before) => {
    if (now.state === 'joining' && before.state !== 'joining') resetVolume();
    wantLine();
    showInput();
    call.applyStage();
    feed.touch();
    report();
  });

  const reconciler = createReconciler({
    ...{ execute: createExecutor({ preferences, meetings }), serverNow, log: log.child({ component: 'reconcile' }) },
  });

  const { report, announce } = createReports({
    membership: () => membership,
    facts: () => ({
      ...{ observed: reconciler.observed(), shortfalls: reconciler.shortfalls(), peripherals: peripherals.list() },
      ...{
        hardware: { software: hardware.software, profile: hardware.profile, serial: hardware.serial },
        deviceFaults: room?.shortfalls() ?? [],
        ...callReport(meetings.call()),
      },
    }),
    log,
  });
  const stopRoom = room?.onShortfalls(report);

  const feed = createPanelFeed({
    clock,
    serverNow,
    content: () =>
      panelContent({
        nowMs: serverNow().getTime(),
        language: preferences.language(),
        enrolment: enrolmentView,
        desired: membership?.link.desired() ?? null,
        isOnline: linkStatus.isOnline,
        linkSince: linkStatus.since,
        meetings: meetings.known(),
        call: meetings.call(),
        missedCalls: meetings.missed(),
        isMutedInRoom: muteKey.isMuted(),
        input: inputView(),
        doNotDisturb: preferences.settings()?.doNotDisturb ?? false,
        volumePercent: preferences.volumePercent(),
        peripherals: peripherals.list(),
        identifyUntil,
        hasDisplayPreview: media.pictureFile('display') !== null,
        hasSelfPreview: media.pictureFile('self') !== null,
        hasDevices: room !== null,
        serial: hardware.serial,
        software: hardware.software,
      }),
  });
  const stopMediaEvents = media.onEvent((event) => {
    if (event.type === 'peripheral') peripherals.observe(event.peripheral);
    if (event.type === 'pictures') feed.touch();
    if (event.type === 'input') meetings.dispatch({ from: 'own', ...event });
  });

  const obeyMuteKey = (isMuted: boolean) => {
    meetings.dispatch({ from: 'own', type: 'muteKey', isMuted });
    call.tellRoomMute();
    feed.touch();
  };
  const stopMuteKey = muteKey.onChange(obeyMuteKey);
  obeyMuteKey(muteKey.isMuted());

  const executeCommand = createCommands({
    meetings,
    setVolume: preferences.setVolume,
    identify(untilMs) {
      identifyUntil = new Date(untilMs).toISOString();
      feed.touch();
    },
    restart: onRestart,
  });
  const handlers: LinkHandlers = {
    desired: follow,
    execute: executeCommand,
    statusChanged: followLink,
  };

  const enrolment = createEnrolment({
    document: store.document('identity', storedIdentity),
    fleet: createFleetClient({ ...fleet, clock }),
    ...{ hardware, clock, random, serverNow, log: log.child({ component: 'enrolment' }) },
    onView(view) {
      enrolmentView = view;
      feed.touch();
    },
    onServerTime(at) {
      const measuredMs = at.getTime() - clock.now().getTime();
      skewMs = Math.abs(measuredMs) > 2_000 ? measuredMs : 0;
    },
    onEnrolled: join,
    onRenewed(identity) {
      membership?.renew(identity);
      // A call goes on with the certificate it began with: its ticket names that one.
      if (meetings.call().state === 'idle') line.reconnect();
      announce('certificateRenewed', {});
      return Promise.resolve();
    },
    onRevoked: forget,
  });

  async function join(identity: EnrolledIdentity): Promise<void> {
    const opened = await openMembership({
      ...{ identity, caPem: fleet.caPem, dataDir, openStore, hardware, handlers, timing: linkTiming, clock, log },
    });
    membership = opened;
    meetings.dispatch({ from: 'own', type: 'missedRemembered', missed: await opened.missed.read() });
    const desired = opened.link.desired();
    if (desired) follow(desired);
    const interrupted = desired && (await opened.interruptedCall());
    if (interrupted) meetings.dispatch({ from: 'own', type: 'remembered', ...interrupted });
    opened.link.start();
    showInput();
    announce('agentStarted', { software: hardware.software, isBackInMeeting: Boolean(interrupted) });
  }

  async function forget(): Promise<void> {
    const lost = membership;
    meetings.dispatch({ from: 'cloud', type: 'revoked' });
    meetings.schedule([]);
    reconciler.reset();
    line.want(null);
    membership = null;
    showInput();
    linkStatus = { isOnline: false, since: serverNow().toISOString() };
    feed.touch();
    await lost?.wipe();
  }

  function follow(desired: Parameters<LinkHandlers['desired']>[0]): void {
    reconciler.converge(desired);
    wantLine();
    feed.touch();
    report();
  }

  function followLink(status: LinkStatus): void {
    const isOnline = status.state === 'online';
    if (isOnline !== linkStatus.isOnline) linkStatus = { isOnline, since: serverNow().toISOString() };
    if (status.state === 'offline' && status.isRefused) enrolment.suspectCertificate();
    feed.touch();
  }

  /** Between meetings a laptop is on the room's own display, but while that shows how to pair. */
  function inputView(): PanelState['input'] {
    const input = meetings.input();
    return input && { ...input, isShown: membership !== null && isInputShown(meetings.call(), input) };
  }

  function showInput(): void {
    media.showInput(inputView()?.isShown ?? false);
  }

  function wantLine(): void {
    const url = reconciler.observed().signallingUrl;
    const isHurried = meetings.call().state !== 'idle';
    line.want(url !== null && meetings.isLineWanted() ? { url, isHurried } : null);
  }

  function resetVolume(): void {
    const settings = preferences.settings();
    if (settings) preferences.setVolume(settings.volumePercent);
  }

  async function every(delayMs: number, signal: AbortSignal, work: () => void): Promise<void> {
    while (!signal.aborted) {
      await clock.sleep(delayMs, { signal }).catch(() => {});
      if (!signal.aborted) work();
    }
  }

  const telemetry = createTelemetry({ clock });

  return {
    panel: {
      state: feed.state,
      onState: feed.onState,
      pictureFile: (of) => media.pictureFile(of),
      board: board.channel,
      showBoard(jpeg) {
        boardPictures.take(jpeg);
        call.applyStage();
      },
      find: directory.find,
      async touch(touch, { signal }) {
        const refusal = whyNotTouch(touch, feed.state(), serverNow().getTime());
        if (refusal) return refusal;
        const whole = AbortSignal.any([signal, stopped.signal]);
        return await followTouch(
          touch,
          { meetings, preferences, mediaAtJoin: mediaAtJoin(preferences.settings()), clock },
          { signal: whole },
        );
      },
    },
    async run({ signal }) {
      const whole = AbortSignal.any([signal, stopped.signal]);
      await Promise.all([
        enrolment.run({ signal: whole }),
        every(telemetryEveryMs, whole, () => membership?.link.sendTelemetry(telemetry())),
        every(reportEveryMs, whole, report),
        every(lineEveryMs, whole, wantLine),
      ]);
    },
    dropConnections() {
      membership?.link.reconnect();
      line.reconnect();
    },
    async stop({ comesBack }) {
      if (!comesBack && meetings.call().state !== 'idle') await leaveCall();
      stopped.abort();
      stopMediaEvents();
      stopMuteKey();
      stopRoom?.();
      await meetings[Symbol.asyncDispose]();
      await call[Symbol.asyncDispose]();
      await line[Symbol.asyncDispose]();
      await feed[Symbol.asyncDispose]();
      await membership?.[Symbol.asyncDispose]();
    },
  };

  async function leaveCall(): Promise<void> {
    const left = new AbortController();
    meetings.onChange((now) => now.state === 'idle' && left.abort());
    meetings.dispatch({ from: 'room', type: 'leave' });
    await clock.sleep(leaveWithinMs, { signal: left.signal }).catch(() => {});
  }
}
