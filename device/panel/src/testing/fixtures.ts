import type { CalledEntry } from '@anteroom/shared/meeting/calling.ts';
import { openControls } from '@anteroom/shared/meeting/control.ts';
import type { CallState, PanelMeeting, PanelState } from '@anteroom/shared/panel/state.ts';
import type { Peripheral } from '@anteroom/shared/protocol/desired.ts';
import type { RosterEntry, WaitingEntry } from '@anteroom/shared/signalling/messages.ts';
import { someone } from '@anteroom/shared/signalling/testing/someone.ts';

/**
 * An instant that is mid-morning in the fixtures' zone: told from the machine's own clock, "free until 00:20" is another
 * day's and reads otherwise. The panel takes its time from the agent, so it follows.
 */
export const midMorning = new Date('2026-03-03T02:00:00Z');

/** States of a terminal for the panel's tests, all told from one instant. */
export type Fixtures = ReturnType<typeof createFixtures>;

const minuteMs = 60_000;
const id = (digit: number) => String(digit).repeat(32);

export function createFixtures(now: Date) {
  const at = (minutes: number) => new Date(now.getTime() + minutes * minuteMs).toISOString();

  const meeting = (digit: number, subject: string, from: number, to: number, organizerName: string): PanelMeeting => ({
    meetingId: `mtg_${id(digit)}`,
    number: '418205736',
    subject,
    organizerName,
    startAt: at(from),
    endAt: at(to),
    canJoin: true,
  });
  const review = meeting(1, 'Design review: door hardware', 4, 49, 'Lin Yuehan');
  const supplier = meeting(2, 'Supplier call: hinge castings', 154, 184, 'Mara Okafor');
  const planning = meeting(3, 'Quarter planning, part 2 of 3', 304, 394, 'Jonas Weber');

  const device = (kind: Peripheral['kind'], state: Peripheral['state'] = 'working'): Peripheral => ({
    kind,
    name: `${kind} 1`,
    state,
    observedAt: at(-0.2),
  });
  const peripherals = [device('camera'), device('microphone'), device('speaker'), device('display')];

  const person = (digit: number, name: string, over: Partial<RosterEntry> = {}): RosterEntry =>
    someone(name, { participantId: `prt_${id(digit)}`, joinedAt: at(-20 + digit), ...over });
  const ownRoom = person(9, 'Cedar', { kind: 'terminal', isSpeaking: true });
  const roster = [
    person(1, 'Lin Yuehan', { role: 'host', isSpeaking: true }),
    person(2, 'Jonas Weber', { media: { isMicrophoneOn: false, isCameraOn: true } }),
    person(3, 'Priya Raman', { media: { isMicrophoneOn: false, isCameraOn: false } }),
    person(4, 'Juniper', { kind: 'terminal', media: { isMicrophoneOn: false, isCameraOn: true } }),
    person(5, '陈睿', { role: 'guest', kind: 'guest', isConnected: false }),
    ownRoom,
  ];

  const rosterOfHost = roster.map((entry): RosterEntry => {
    if (entry === ownRoom) return { ...entry, role: 'host' };
    if (entry.role === 'host') return { ...entry, role: 'cohost' };
    return entry.name === 'Jonas Weber' ? { ...entry, handRaisedAt: at(-2) } : entry;
  });
  const waiting: WaitingEntry[] = [
    { participantId: `prt_${id(6)}`, name: 'Wei Zhang', kind: 'guest', since: at(-2) },
    { participantId: `prt_${id(7)}`, name: 'Amara Diallo-Castellanos', kind: 'person', since: at(-1) },
  ];

  const called: CalledEntry[] = [
    { calleeId: `acc_${id(1)}`, kind: 'person', name: 'Mika Sato', state: 'ringing', since: at(-0.2) },
    { calleeId: `term_${id(2)}`, kind: 'terminal', name: '滨江 3 楼会议室', state: 'declined', since: at(-3) },
    { calleeId: '+4722123456', kind: 'number', name: '+4722123456', state: 'notReachableYet', since: at(-4) },
  ];

  const running = { ...review, startAt: at(-12), endAt: at(33) };
  const open = { isMicrophoneOn: true, isCameraOn: true };

  const home: PanelState = {
    revision: 1,
    serverTime: now.toISOString(),
    language: 'en',
    binding: {
      state: 'claimed',
      terminalName: 'Cedar terminal',
      organizationName: 'Halden Works',
      space: { name: 'Cedar', site: 'Shanghai', floor: '3', capacity: 8, timeZone: 'Asia/Shanghai' },
      roomName: 'Atlas',
    },
    link: { isOnline: true, since: at(-300) },
    meetings: [review, supplier, planning],
    call: { state: 'idle' },
    missedCalls: [],
    doNotDisturb: false,
    isMutedInRoom: false,
    input: { isPluggedIn: false, isShown: false },
    volumePercent: 60,
    peripherals,
    identifyUntil: null,
    hasDisplayPreview: true,
    hasSelfPreview: true,
    hasDevices: true,
    serial: 'AR10-24C-00917',
    software: '0.1.0',
  };
  const during = (call: CallState): PanelState => ({ ...home, meetings: [running, supplier, planning], call });
  const failed = (reason: Extract<CallState, { state: 'failed' }>['reason'], retryAt: string | null) =>
    during({ state: 'failed', meeting: running, reason, retryAt });
  const inside = {
    state: 'in',
    meeting: running,
    since: at(-12),
    startedBy: 'room',
    beganOpen: false,
    ownParticipantId: ownRoom.participantId,
    media: open,
    roster,
    firstFrameMs: 412,
    hostWish: null,
    controls: openControls,
    ...{ content: null, waiting: [], called: [], reactions: [], words: null, outcome: null },
    ownShare: { phase: 'off', end: null },
  } as const;
  const withLaptop = (change: Partial<Extract<CallState, { state: 'in' }>>): PanelState => ({
    ...during({ ...inside, roster: [...inside.roster], ...change }),
    input: { isPluggedIn: true, isShown: false },
  });
  const claimed = { state: 'claimed', terminalName: 'Cedar terminal', organizationName: 'Halden Works' } as const;
  const unbound = (binding: PanelState['binding']): PanelState => ({ ...home, binding, meetings: [] });

  const states = {
    contacting: unbound({ state: 'contacting', fault: null }),
    contactingFault: unbound({
      state: 'contacting',
      fault: 'The meeting service at fleet.example:8443 does not answer.',
    }),
    pairing: unbound({
      state: 'pairing',
      code: 'K7QM-4XRT',
      keyPhrase: 'copper lantern',
      expiresAt: at(8.7),
      claimUrl: 'http://fleet.example/console/pair?code=K7QM-4XRT',
    }),
    configuring: unbound({ state: 'configuring' }),
    revoked: unbound({ state: 'revoked' }),
    noSpace: unbound({ ...claimed, space: null, roomName: null }),
    noRoom: unbound({
      ...claimed,
      space: { name: 'Cedar', site: 'Shanghai', floor: '3', capacity: 8, timeZone: 'Asia/Shanghai' },
      roomName: null,
    }),
    home,
    ajar: { ...home, meetings: [{ ...review, startAt: at(9.9), endAt: at(54.9) }, supplier] },
    running: during({ state: 'idle' }),
    over: { ...home, meetings: [{ ...review, startAt: at(-60), endAt: at(-3) }, supplier] },
    noTicket: { ...home, meetings: [{ ...review, canJoin: false }, supplier] },
    freeUntil: { ...home, meetings: [supplier, planning] },
    freeTomorrow: { ...home, meetings: [{ ...supplier, startAt: at(1440), endAt: at(1470) }] },
    free: { ...home, meetings: [] },
    offline: { ...home, link: { isOnline: false, since: at(-14) } },
    faulty: {
      ...home,
      peripherals: [device('camera', 'missing'), device('microphone', 'failed'), device('speaker'), device('display')],
    },
    unchecked: { ...home, peripherals: peripherals.map((one) => ({ ...one, observedAt: at(-12) })) },
    missed: {
      ...home,
      missedCalls: [
        { meetingId: planning.meetingId, subject: '季度规划与预算评审', callerName: '陈睿', missedAt: at(-9) },
        { meetingId: supplier.meetingId, subject: 'Supplier call', callerName: 'Jonas Weber', missedAt: at(-1_500) },
        { meetingId: review.meetingId, subject: 'Design review', callerName: 'Lin Yuehan', missedAt: at(-3_000) },
      ],
    },
    quiet: { ...home, doNotDisturb: true },
    ringing: during({ state: 'ringing', meeting: running, callerName: 'Lin Yuehan', until: at(0.63) }),
    joining: during({
      state: 'joining',
      meeting: running,
      since: at(0),
      attempt: 1,
      startedBy: 'room',
      beganOpen: false,
    }),
    answering: during({
      state: 'joining',
      meeting: running,
      since: at(0),
      attempt: 1,
      startedBy: 'automatic',
      beganOpen: false,
    }),
    joiningLong: during({
      state: 'joining',
      meeting: running,
      since: at(-0.11),
      attempt: 3,
      startedBy: 'room',
      beganOpen: false,
    }),
    inside: during(inside),
    answered: during({
      ...inside,
      startedBy: 'automatic',
      beganOpen: false,
      media: { isMicrophoneOn: false, isCameraOn: false },
    }),
    muted: during({ ...inside, media: { isMicrophoneOn: false, isCameraOn: false } }),
    mutedByHost: during({
      ...inside,
      media: { isMicrophoneOn: false, isCameraOn: true },
      roster: roster.map((entry) => (entry === ownRoom ? { ...entry, isMutedByHost: true, isSpeaking: false } : entry)),
    }),
    asked: during({
      ...inside,
      media: { isMicrophoneOn: false, isCameraOn: true },
      hostWish: { what: 'microphone', by: 'Lin Yuehan', manner: 'asked' },
    }),
    opened: during({ ...inside, hostWish: { what: 'camera', by: '陈睿', manner: 'opened' } }),
    shared: during({
      ...inside,
      content: { kind: 'screen', participantId: `prt_${id(2)}`, startedAt: at(-1) },
    }),
    laptopAtHome: { ...home, input: { isPluggedIn: true, isShown: true } },
    laptop: withLaptop({}),
    laptopBesideShare: withLaptop({ content: { kind: 'screen', participantId: `prt_${id(2)}`, startedAt: at(-1) } }),
    sharing: withLaptop({
      content: { kind: 'screen', participantId: ownRoom.participantId, startedAt: at(-1) },
      ownShare: { phase: 'on' },
    }),
    shareTaken: withLaptop({
      content: { kind: 'screen', participantId: `prt_${id(2)}`, startedAt: at(-1) },
      ownShare: { phase: 'off', end: 'taken_over' },
    }),
    unplugged: during({ ...inside, ownShare: { phase: 'off', end: 'unplugged' } }),
    startedOpen: during({ ...inside, startedBy: 'fleet', beganOpen: true }),
    hosting: during({ ...inside, roster: rosterOfHost }),
    calling: during({ ...inside, roster: rosterOfHost, called }),
    troubled: during({
      ...inside,
      roster: roster.map((entry) => {
        if (entry === ownRoom) return { ...entry, networkTrouble: 'bad' };
        if (entry.name === 'Lin Yuehan') return { ...entry, networkTrouble: 'impaired' };
        return entry.kind === 'terminal'
          ? { ...entry, media: { isMicrophoneOn: false, isCameraOn: true }, isMutedInRoom: true }
          : entry;
      }),
    }),
    mutedInRoom: {
      ...during({
        ...inside,
        media: { isMicrophoneOn: false, isCameraOn: true },
        roster: roster.map((entry) =>
          entry === ownRoom ? { ...entry, isMutedInRoom: true, isSpeaking: false } : entry,
        ),
      }),
      isMutedInRoom: true,
    },
    knocked: during({ ...inside, roster: rosterOfHost, waiting }),
    written: during({
      ...inside,
      words: {
        id: 7,
        from: `prt_${id(1)}`,
        name: 'Lin Yuehan',
        text: 'Lunch is in the kitchen on floor 2.',
        at: at(-1),
      },
      reactions: [{ participantId: `prt_${id(2)}`, reaction: 'applause', at: at(0) }],
    }),
    keptMuted: during({
      ...inside,
      media: { isMicrophoneOn: false, isCameraOn: true },
      controls: { ...inside.controls, canUnmute: false },
      roster: roster.map((entry) =>
        entry === ownRoom
          ? { ...entry, media: { isMicrophoneOn: false, isCameraOn: true }, isMutedByHost: true, isSpeaking: false }
          : entry,
      ),
    }),
    alone: during({ ...inside, roster: [ownRoom] }),
    ending: {
      ...during({ ...inside, meeting: { ...running, endAt: at(4) } }),
      meetings: [{ ...supplier, startAt: at(4), endAt: at(34) }],
    },
    reconnecting: during({
      state: 'reconnecting',
      meeting: running,
      since: at(-0.12),
      media: open,
      cause: 'network',
    }),
    leaving: during({ state: 'leaving', meeting: running }),
    full: failed('room_full', null),
    unreachable: failed('fleet_unreachable', at(0.24)),
    ended: failed('meeting_ended', null),
    identify: { ...home, identifyUntil: at(0.5) },
  } satisfies Record<string, PanelState>;
  return states;
}

/** The same state as people in China see it. */
export function inChinese(state: PanelState): PanelState {
  const subjects = ['设计评审：门五金件方案与样品确认', '供应商会议：铰链铸件', '季度规划（第 2 场，共 3 场）'];
  const organizers = ['林悦涵', '陈睿', '周敏'];
  const translate = (one: PanelMeeting): PanelMeeting => {
    const index = Number(one.meetingId.at(-1)) - 1;
    return { ...one, subject: subjects[index] ?? one.subject, organizerName: organizers[index] ?? one.organizerName };
  };
  const { binding, call } = state;
  return {
    ...state,
    language: 'zh-CN',
    meetings: state.meetings.map(translate),
    call: 'meeting' in call ? { ...call, meeting: translate(call.meeting) } : call,
    binding:
      binding.state === 'claimed'
        ? {
            ...binding,
            terminalName: '雪松终端',
            organizationName: '海登制造',
            space: binding.space && { ...binding.space, name: '雪松' },
          }
        : binding,
  };
}
