import { newId, type ParticipantId } from '@anteroom/shared/ids.ts';
import type { ControlAction } from '@anteroom/shared/meeting/control.ts';
import type { ContentKind } from '@anteroom/shared/meeting/sharing.ts';
import { describe, expect, it } from 'vitest';
import { control } from './control.ts';
import { type MeetingEvent, next } from './meeting-state.ts';
import { emptyMeeting, type MeetingState } from './members.ts';
import { endedShare, startShare } from './sharing.ts';

const at = '2026-01-05T09:00:00.000Z';
const later = '2026-01-05T09:05:00.000Z';
const hana = newId('participant');
const cho = newId('participant');
const mei = newId('participant');
const gil = newId('participant');

const joined = (participantId: ParticipantId, role: 'host' | 'member' | 'guest'): MeetingEvent => ({
  kind: 'joined',
  participant: { participantId, name: 'somebody', kind: 'person', role, holder: participantId },
  media: { isMicrophoneOn: true, isCameraOn: true },
  at,
});
const after = (state: MeetingState, ...events: MeetingEvent[]): MeetingState => events.reduce(next, state);

function does(state: MeetingState, by: ParticipantId | null, action: ControlAction): MeetingState {
  const result = control(state, by, action, at);
  if (!result.ok) throw new Error(`${action.kind}: ${result.refusal}`);
  return result.state;
}

function start(state: MeetingState, who: ParticipantId, kind: ContentKind, takesOver = false) {
  const member = state.members.get(who);
  if (!member) throw new Error('nobody');
  return startShare(state, member, { kind, takesOver }, later);
}

function shares(
  state: MeetingState,
  who: ParticipantId,
  kind: ContentKind = 'screen',
  takesOver = false,
): MeetingState {
  const result = start(state, who, kind, takesOver);
  if (!result.ok) throw new Error(result.refusal);
  return result.state;
}

const people = [joined(hana, 'host'), joined(cho, 'member'), joined(mei, 'member'), joined(gil, 'guest')];
const meeting = does(after(emptyMeeting, ...people), hana, { kind: 'setCohost', participantId: cho, isCohost: true });
const closed = does(meeting, hana, { kind: 'allowSharing', isAllowed: false });
const publication = { feed: 'mei.2', streams: [{ mid: '0', kind: 'video' as const, hasLayers: false }] };

describe('who may share', () => {
  const cases: [string, MeetingState, ParticipantId | null, ParticipantId, boolean, string][] = [
    ['anybody, when nobody does', meeting, null, gil, false, 'shared'],
    ['hosts, when others may not', closed, null, hana, false, 'shared'],
    ['co-hosts, when others may not', closed, null, cho, false, 'shared'],
    ['no member, when they may not', closed, null, mei, false, 'sharing_not_allowed'],
    ['no guest, when they may not, whatever they say', closed, null, gil, true, 'sharing_not_allowed'],
    ['nobody beside somebody else', meeting, mei, gil, false, 'somebody_shares'],
    ['no host either', meeting, mei, hana, false, 'somebody_shares'],
    ['a guest instead of a member, when they say so', meeting, mei, gil, true, 'shared'],
    ['a host instead of a member, when they say so', meeting, mei, hana, true, 'shared'],
    ['no member instead of the host', meeting, hana, mei, true, 'host_shares'],
    ['no guest instead of a co-host', meeting, cho, gil, true, 'host_shares'],
    ['a co-host instead of the host', meeting, hana, cho, true, 'shared'],
    ['whoever does already, without a question', meeting, mei, mei, false, 'shared'],
  ];
  for (const kind of ['screen', 'whiteboard'] as const) {
    it.each(cases)(`%s: a ${kind}`, (_name, state, sharer, who, takesOver, expected) => {
      const before = sharer === null ? state : shares(state, sharer);
      const result = start(before, who, kind, takesOver);
      expect(result.ok ? 'shared' : result.refusal).toBe(expected);
      if (result.ok) expect(result.state.content).toMatchObject({ participantId: who, kind });
    });
  }

  it('goes on with the same share when it is sent anew, and begins one of another kind', () => {
    const live = next(shares(meeting, mei), { kind: 'contentLive', participantId: mei, publication });
    expect(shares(live, mei)).toBe(live);
    expect(shares(live, mei, 'whiteboard').content).toEqual({
      ...{ kind: 'whiteboard', participantId: mei, startedAt: later, publication: null },
    });
  });
});

describe('the end of a share', () => {
  const shared = next(shares(meeting, mei), { kind: 'contentLive', participantId: mei, publication });

  it.each<[string, (state: MeetingState) => MeetingState]>([
    ['its own participant stops it', (state) => does(state, mei, { kind: 'stopShare', participantId: mei })],
    ['a host stops it', (state) => does(state, hana, { kind: 'stopShare', participantId: mei })],
    [
      'somebody outside with the host’s rights does',
      (state) => does(state, null, { kind: 'stopShare', participantId: mei }),
    ],
    ['a host allows it no more', (state) => does(state, cho, { kind: 'allowSharing', isAllowed: false })],
    [
      'its participant leaves, or is removed',
      (state) => next(state, { kind: 'left', participantId: mei, isOwnWill: false }),
    ],
    ['it does not get to the media server', (state) => next(state, { kind: 'screenEnded', participantId: mei })],
  ])('comes when %s', (_name, act) => {
    const ended = act(shared);
    expect(ended.content).toBeNull();
    expect(endedShare(shared, ended)).toEqual({ participantId: mei, reason: 'stopped' });
  });

  it('comes when a co-host who shares where only hosts do is one no more', () => {
    const demote = { kind: 'setCohost', participantId: cho, isCohost: false } as const;
    expect(does(shares(closed, cho), hana, demote).content).toBeNull();
    expect(does(shares(meeting, cho), hana, demote).content).toMatchObject({ participantId: cho });
  });

  it('is told as a take-over when something else is shared', () => {
    for (const taken of [shares(shared, gil, 'screen', true), shares(shared, mei, 'whiteboard')]) {
      expect(endedShare(shared, taken)).toEqual({ participantId: mei, reason: 'taken_over' });
    }
    expect(endedShare(shared, shared)).toBeNull();
  });

  it('is no affair of members and guests, nor of what somebody else shares', () => {
    const stop = control(shared, gil, { kind: 'stopShare', participantId: mei }, at);
    expect(stop).toEqual({ ok: false, refusal: 'not_allowed' });
    expect(does(shared, hana, { kind: 'stopShare', participantId: gil }).content).toBe(shared.content);
    expect(does(shared, gil, { kind: 'stopShare', participantId: gil }).content).toBe(shared.content);
  });

  it('does not come with a lost connection or media server, which take the pictures alone', () => {
    expect(next(shared, { kind: 'connectionLost', participantId: mei }).content).toBe(shared.content);
    const without = { kind: 'screen', participantId: mei, startedAt: later, publication: null };
    expect(next(shared, { kind: 'mediaServerLost' }).content).toEqual(without);
    expect(next(shared, { kind: 'contentGone', participantId: mei, feed: publication.feed }).content).toEqual(without);
    expect(next(shared, { kind: 'contentGone', participantId: mei, feed: 'mei.1' })).toBe(shared);
  });

  it('leaves a whiteboard to whoever comes back without media', () => {
    const board = does(meeting, mei, { kind: 'openWhiteboard', takesOver: false });
    expect(next(board, { kind: 'screenEnded', participantId: mei })).toBe(board);
    expect(next(board, { kind: 'contentLive', participantId: mei, publication })).toBe(board);
    expect(does(board, mei, { kind: 'stopShare', participantId: mei }).content).toBeNull();
  });

  it('takes no pictures of somebody whose share is over', () => {
    const ended = does(shared, hana, { kind: 'stopShare', participantId: mei });
    expect(next(ended, { kind: 'contentLive', participantId: mei, publication })).toBe(ended);
    const taken = shares(shared, gil, 'screen', true);
    expect(next(taken, { kind: 'contentLive', participantId: mei, publication })).toBe(taken);
  });
});

describe('opening a whiteboard', () => {
  it('follows the same rules, and needs somebody in the meeting', () => {
    const shared = shares(meeting, mei);
    const open = { kind: 'openWhiteboard', takesOver: false } as const;
    expect(control(shared, gil, open, at)).toEqual({ ok: false, refusal: 'somebody_shares' });
    expect(control(closed, gil, open, at)).toEqual({ ok: false, refusal: 'sharing_not_allowed' });
    expect(control(meeting, null, open, at)).toEqual({ ok: false, refusal: 'not_here' });
    expect(does(shared, gil, { ...open, takesOver: true }).content).toMatchObject({
      kind: 'whiteboard',
      startedAt: at,
    });
  });
});
