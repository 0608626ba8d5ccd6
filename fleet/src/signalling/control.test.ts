import { newId, type ParticipantId } from '@anteroom/shared/ids.ts';
import { type ControlAction, controlKinds, mayControl, participantRoles } from '@anteroom/shared/meeting/control.ts';
import { describe, expect, it, test } from 'vitest';
import { control } from './control.ts';
import { type MeetingEvent, next } from './meeting-state.ts';
import { emptyMeeting, type MeetingState, rosterOf } from './members.ts';
import { openMeetingState, toSaved } from './saved-controls.ts';

const at = '2026-01-05T09:00:00.000Z';
const on = { isMicrophoneOn: true, isCameraOn: true };
const hana = newId('participant');
const mei = newId('participant');
const gil = newId('participant');
const names = new Map([
  [hana, 'Hana'],
  [mei, 'Mei'],
  [gil, 'Gil'],
]);

type Standing = 'host' | 'member' | 'guest';
const joined = (
  participantId: ParticipantId,
  role: Standing,
  kind: 'person' | 'terminal' | 'guest' = 'person',
): MeetingEvent => ({
  kind: 'joined',
  participant: { participantId, name: names.get(participantId) ?? 'somebody', kind, role, holder: participantId },
  media: on,
  at,
});
const left = (participantId: ParticipantId, isOwnWill = true): MeetingEvent => ({
  ...{ kind: 'left', participantId, isOwnWill },
});
const lost = (participantId: ParticipantId): MeetingEvent => ({ kind: 'connectionLost', participantId });
const after = (state: MeetingState, ...events: MeetingEvent[]): MeetingState => events.reduce(next, state);
const meeting = after(emptyMeeting, joined(hana, 'host'), joined(mei, 'member'), joined(gil, 'guest', 'guest'));
const roleOf = (state: MeetingState, participantId: ParticipantId) => entryOf(state, participantId)?.role;
const entryOf = (state: MeetingState, participantId: ParticipantId) =>
  rosterOf(state).find((entry) => entry.participantId === participantId);

function does(state: MeetingState, by: ParticipantId | null, ...actions: ControlAction[]): MeetingState {
  return actions.reduce((before, action) => {
    const result = control(before, by, action, at);
    if (!result.ok) throw new Error(`${action.kind}: ${result.refusal}`);
    return result.state;
  }, state);
}
const refusal = (state: MeetingState, by: ParticipantId | null, action: ControlAction) => {
  const result = control(state, by, action, at);
  return result.ok ? null : result.refusal;
};
const effects = (state: MeetingState, by: ParticipantId | null, action: ControlAction) => {
  const result = control(state, by, action, at);
  return result.ok ? result.effects : [];
};

describe('the table', () => {
  const everybody = ['raiseHand', 'react', 'chat', 'openWhiteboard'];
  const hostAlone = ['handOver', 'setCohost', 'end'];

  it('says of every action who may take it', () => {
    for (const kind of controlKinds) {
      const expected = everybody.includes(kind)
        ? [...participantRoles]
        : hostAlone.includes(kind)
          ? ['host']
          : ['host', 'cohost'];
      expect(
        participantRoles.filter((role) => mayControl(role, kind)),
        kind,
      ).toEqual(expected);
    }
  });

  const one: ControlAction[] = [
    { kind: 'mute', participantId: gil },
    { kind: 'unmute', participantId: gil },
    { kind: 'muteAll', canUnmute: false },
    { kind: 'unmuteAll' },
    { kind: 'stopCamera', participantId: gil },
    { kind: 'allowCamera', participantId: gil },
    { kind: 'remove', participantId: gil },
    { kind: 'lock', isLocked: true },
    { kind: 'admit', participantId: null },
    { kind: 'tellWaiting', text: 'soon' },
    { kind: 'spotlight', participantId: gil },
    { kind: 'handOver', participantId: gil },
    { kind: 'setCohost', participantId: gil, isCohost: true },
    { kind: 'rename', participantId: gil, name: 'Gilbert' },
    { kind: 'lowerHand', participantId: gil },
    { kind: 'extend', minutes: 15 },
    { kind: 'end' },
  ];
  test.each(one)('$kind is refused to members and guests, and changes nothing', (action) => {
    for (const who of [mei, gil]) {
      const target = action.kind === 'unmute' ? { ...action, participantId: hana } : action;
      expect(refusal(meeting, who, target)).toBe('not_allowed');
    }
    expect(refusal(meeting, hana, action)).toBeNull();
    expect(refusal(meeting, null, action)).toBeNull();
  });

  it('lets nobody speak who is not in the meeting', () => {
    expect(refusal(meeting, null, { kind: 'chat', text: 'hello' })).toBe('not_here');
    expect(refusal(after(meeting, left(mei)), mei, { kind: 'raiseHand', isRaised: true })).toBe('not_here');
  });
});

describe('a mute', () => {
  const muted = does(meeting, hana, { kind: 'mute', participantId: mei });

  it('shows the microphone closed, whatever its client says', () => {
    expect(entryOf(muted, mei)).toMatchObject({ isMutedByHost: true, media: { isMicrophoneOn: false } });
    const insisting = after(muted, { kind: 'mediaChanged', participantId: mei, media: on });
    expect(entryOf(insisting, mei)).toMatchObject({ isMutedByHost: true, media: { isMicrophoneOn: false } });
  });

  it('holds for whoever comes back, with the same ticket or another', () => {
    const back = after(muted, left(mei, false), joined(mei, 'member'));
    expect(entryOf(back, mei)).toMatchObject({ isMutedByHost: true, media: { isMicrophoneOn: false } });
  });

  it('holds after a restart of this process', () => {
    const saved: unknown = JSON.parse(JSON.stringify(toSaved(muted)));
    const again = after(openMeetingState({ controls: emptyMeeting.controls, saved }), joined(mei, 'member'));
    expect(entryOf(again, mei)).toMatchObject({ isMutedByHost: true });
  });

  it('is lifted by oneself where the meeting allows it, and opens nothing', () => {
    const lifted = does(muted, mei, { kind: 'unmute', participantId: mei });
    expect(entryOf(lifted, mei)).toMatchObject({ isMutedByHost: false, media: { isMicrophoneOn: false } });
    const strict = does(meeting, hana, { kind: 'muteAll', canUnmute: false });
    expect(refusal(strict, mei, { kind: 'unmute', participantId: mei })).toBe('muted_by_host');
  });

  it('is lifted by a host with a question to the person, and opens nothing', () => {
    const action: ControlAction = { kind: 'unmute', participantId: mei };
    expect(effects(muted, hana, action)).toEqual([{ effect: 'ask', participantId: mei, what: 'microphone' }]);
    expect(entryOf(does(muted, hana, action), mei)).toMatchObject({ media: { isMicrophoneOn: false } });
  });

  it('of all spares hosts and co-hosts, and closes whoever comes later', () => {
    const all = does(does(meeting, hana, { kind: 'setCohost', participantId: mei, isCohost: true }), hana, {
      kind: 'muteAll',
      canUnmute: true,
    });
    expect(rosterOf(all).map((entry) => entry.isMutedByHost)).toEqual([false, false, true]);
    const late = newId('participant');
    expect(entryOf(after(all, joined(late, 'member')), late)).toMatchObject({ isMutedByHost: true });
    const open = does(all, hana, { kind: 'unmuteAll' });
    expect(rosterOf(open).some((entry) => entry.isMutedByHost)).toBe(false);
    expect(entryOf(after(open, joined(late, 'member')), late)).toMatchObject({ isMutedByHost: false });
  });
});

it('keeps a stopped camera stopped until a host allows it', () => {
  const stopped = does(meeting, hana, { kind: 'stopCamera', participantId: mei });
  const insisting = after(stopped, { kind: 'mediaChanged', participantId: mei, media: on });
  expect(entryOf(insisting, mei)).toMatchObject({ isCameraStoppedByHost: true, media: { isCameraOn: false } });
  const allowed = does(stopped, hana, { kind: 'allowCamera', participantId: mei });
  const open = after(allowed, { kind: 'mediaChanged', participantId: mei, media: on });
  expect(entryOf(open, mei)).toMatchObject({ isCameraStoppedByHost: false, media: { isCameraOn: true } });
});

describe('the host role', () => {
  it('is taken by whoever may host when they come; the second of them is a co-host', () => {
    const organizer = newId('participant');
    expect(roleOf(meeting, hana)).toBe('host');
    expect(roleOf(after(meeting, joined(organizer, 'host')), organizer)).toBe('cohost');
  });

  it('goes from the room’s terminal to a person who may host, and the terminal stays a co-host', () => {
    const room = newId('participant');
    const state = after(emptyMeeting, joined(room, 'host', 'terminal'), joined(hana, 'host'));
    expect([roleOf(state, room), roleOf(state, hana)]).toEqual(['cohost', 'host']);
  });

  it('waits for a host whose connection dropped, who comes back to it', () => {
    const away = after(meeting, lost(hana), left(hana, false));
    expect(rosterOf(away).map(({ role }) => role)).toEqual(['member', 'guest']);
    expect(roleOf(after(away, joined(hana, 'host')), hana)).toBe('host');
  });

  it('passes to a co-host, else to the member who has been there longest, never to a guest', () => {
    const late = newId('participant');
    const away = after(meeting, joined(late, 'member'), lost(hana), left(hana, false));
    expect(roleOf(next(away, { kind: 'hostAway' }), mei)).toBe('host');
    const withCohost = after(
      does(after(meeting, joined(late, 'member')), hana, { kind: 'setCohost', participantId: late, isCohost: true }),
      ...[lost(hana), left(hana, false), { kind: 'hostAway' } as const],
    );
    expect([roleOf(withCohost, late), roleOf(withCohost, mei)]).toEqual(['host', 'member']);
    const guestsAlone = after(meeting, left(mei), lost(hana), { kind: 'hostAway' });
    expect(roleOf(guestsAlone, gil)).toBe('guest');
  });

  it('does not pass while the host is there', () => {
    expect(next(meeting, { kind: 'hostAway' })).toBe(meeting);
  });

  it('passes at once when the host leaves, and goes back to whose meeting it is', () => {
    const without = after(meeting, left(hana));
    expect(roleOf(without, mei)).toBe('host');
    const back = after(without, joined(hana, 'host'));
    expect([roleOf(back, hana), roleOf(back, mei)]).toEqual(['host', 'cohost']);
  });

  it('stays with whom it was handed over to, even when whose meeting it is comes back', () => {
    const handed = does(meeting, hana, { kind: 'handOver', participantId: gil });
    expect([roleOf(handed, hana), roleOf(handed, gil)]).toEqual(['cohost', 'host']);
    const back = after(handed, left(hana), joined(hana, 'host'));
    expect([roleOf(back, hana), roleOf(back, gil)]).toEqual(['cohost', 'host']);
  });

  it('protects its holder from removal', () => {
    const withCohost = does(meeting, hana, { kind: 'setCohost', participantId: mei, isCohost: true });
    expect(refusal(withCohost, mei, { kind: 'remove', participantId: hana })).toBe('host_protected');
    expect(refusal(withCohost, hana, { kind: 'remove', participantId: hana })).toBe('yourself');
  });
});

it('ends a spotlight with whoever stood in it', () => {
  const lit = does(meeting, hana, { kind: 'spotlight', participantId: mei });
  expect(lit.controls.spotlight).toBe(mei);
  expect(after(lit, left(mei)).controls.spotlight).toBeNull();
});

it('keeps a name that a host gave, also over a reconnection', () => {
  const renamed = does(meeting, hana, { kind: 'rename', participantId: gil, name: 'Gil, Hinge Ltd' });
  expect(entryOf(after(renamed, left(gil), joined(gil, 'guest', 'guest')), gil)?.name).toBe('Gil, Hinge Ltd');
});

it('raises hands in order, and lowers them when the person is asked to speak', () => {
  const raised = does(meeting, gil, { kind: 'raiseHand', isRaised: true });
  expect(entryOf(raised, gil)?.handRaisedAt).toBe(at);
  expect(entryOf(does(raised, hana, { kind: 'unmute', participantId: gil }), gil)?.handRaisedAt).toBeNull();
});
