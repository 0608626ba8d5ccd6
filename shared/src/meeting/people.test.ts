import { describe, expect, it } from 'vitest';
import { newId } from '../ids.ts';
import type { RosterEntry } from '../signalling/messages.ts';
import { someone } from '../signalling/testing/someone.ts';
import { type ControlAction, openControls } from './control.ts';
import {
  beforeOpening,
  choicesFor,
  lastToWait,
  matchPeople,
  orderPeople,
  outsideController,
  whyNotControl,
  whyNotOpen,
} from './people.ts';

function person(name: string, minute: number, change: Partial<RosterEntry> = {}): RosterEntry {
  return someone(name, { joinedAt: `2030-11-26T10:${String(minute).padStart(2, '0')}:00.000Z`, ...change });
}

const host = person('Hana', 3, { role: 'host' });
const cohost = person('Colin', 4, { role: 'cohost' });
const member = person('Mika', 1);
const namesOf = (own: RosterEntry, entry: RosterEntry, now = openControls) =>
  choicesFor(own, entry, now).map(({ name }) => name);

describe('the list of people', () => {
  it('has raised hands first in the order of raising, then hosts, then the order of joining', () => {
    const late = person('Late', 2, { handRaisedAt: '2030-11-26T10:21:00.000Z' });
    const early = person('Early', 9, { handRaisedAt: '2030-11-26T10:20:00.000Z' });
    const ordered = orderPeople([member, late, cohost, person('Nils', 2), early, host]);
    expect(ordered.map(({ name }) => name)).toEqual(['Early', 'Late', 'Hana', 'Colin', 'Mika', 'Nils']);
  });

  it('knows who came to the door last, whatever the order in which they are told', () => {
    const at = (minute: number) => ({ since: `2030-11-26T10:0${minute}:00.000Z`, name: 'Wei', kind: 'guest' as const });
    const waiting = [at(2), at(5), at(1)].map((entry) => ({ ...entry, participantId: newId('participant') }));
    expect(lastToWait(waiting)).toBe('2030-11-26T10:05:00.000Z');
    expect(lastToWait([])).toBe('');
  });

  it('is searched by every word that was typed, in any case and width', () => {
    const people = [person('Jonas Weber', 1), person('Jana Weber', 2), person('会议室 Cedar', 3)];
    const found = (typed: string) => matchPeople(people, typed).map(({ name }) => name);
    expect(found('web jon')).toEqual(['Jonas Weber']);
    expect(found('ＷＥＢＥＲ')).toEqual(['Jonas Weber', 'Jana Weber']);
    expect(found('会议')).toEqual(['会议室 Cedar']);
    expect(found(' ')).toHaveLength(3);
  });
});

describe('a person’s menu', () => {
  it('gives a host everything, and a member nothing', () => {
    expect(namesOf(host, member)).toEqual([
      'mute',
      'stopCamera',
      'spotlight',
      'rename',
      'makeCohost',
      'handOver',
      'hangUp',
      'remove',
    ]);
    expect(namesOf(member, host)).toEqual([]);
    expect(namesOf(member, member)).toEqual([]);
  });

  it('leaves roles to the host', () => {
    expect(namesOf(cohost, member)).not.toContain('makeCohost');
    expect(namesOf(cohost, member)).not.toContain('handOver');
  });

  it('shows a co-host that the host can be neither hung up on nor removed, and why', () => {
    expect(choicesFor(cohost, host, openControls).slice(-2)).toMatchObject([
      { name: 'hangUp', refusal: 'host_protected' },
      { name: 'remove', refusal: 'host_protected' },
    ]);
  });

  it('offers what changes the present state', () => {
    const silent = { ...member, media: { isMicrophoneOn: false, isCameraOn: false } };
    expect(namesOf(host, silent)).toEqual(expect.arrayContaining(['askMicrophone', 'askCamera']));
    const closed = { ...silent, isMutedByHost: true, isCameraStoppedByHost: true };
    expect(namesOf(host, closed)).toEqual(expect.arrayContaining(['unmute', 'allowCamera']));
    expect(namesOf(host, { ...member, handRaisedAt: member.joinedAt })).toContain('lowerHand');
    expect(namesOf(host, cohost)).toContain('unmakeCohost');
    expect(namesOf(host, member, { ...openControls, spotlight: member.participantId })).toContain('unspotlight');
  });

  it('gives whoever controls from outside what the host may do, to the host too', () => {
    const names = (entry: RosterEntry) => choicesFor(outsideController, entry, openControls).map(({ name }) => name);
    expect(names(member)).toEqual(namesOf(host, member));
    expect(names(host)).toEqual(['mute', 'stopCamera', 'spotlight', 'rename', 'hangUp', 'remove']);
  });

  it('offers oneself only what can be done to oneself', () => {
    expect(namesOf(host, host)).toEqual(['spotlight', 'rename']);
  });
});

describe('opening one’s own device', () => {
  it('needs nothing while no host closed it', () => {
    expect(beforeOpening(member, 'microphone')).toBeNull();
    expect(beforeOpening(member, 'camera')).toBeNull();
  });

  it('asks the meeting first for a microphone that a host muted', () => {
    const { participantId } = member;
    expect(beforeOpening({ ...member, isMutedByHost: true }, 'microphone')).toEqual({
      ask: { kind: 'unmute', participantId },
    });
  });

  it('is refused for a camera that a host stopped, but to hosts', () => {
    expect(beforeOpening({ ...member, isCameraStoppedByHost: true }, 'camera')).toEqual({
      refusal: 'camera_stopped_by_host',
    });
    expect(beforeOpening({ ...host, isCameraStoppedByHost: true }, 'camera')).toEqual({
      ask: { kind: 'allowCamera', participantId: host.participantId },
    });
  });
});

describe('an action', () => {
  const roster = [host, cohost, member];
  const waiting = [
    { participantId: newId('participant'), name: 'Wei', kind: 'guest', since: member.joinedAt },
  ] as const;
  const [guest] = waiting;
  const gone = newId('participant');
  const to = ({ participantId }: Pick<RosterEntry, 'participantId'>) => ({ participantId });

  it.each<[string, RosterEntry | undefined, ControlAction, string | null]>([
    ['of somebody who is not in', undefined, { kind: 'react', reaction: 'heart' }, 'not_here'],
    ['of a member', member, { kind: 'lock', isLocked: true }, 'not_allowed'],
    ['of a co-host that is the host’s', cohost, { kind: 'handOver', ...to(member) }, 'not_allowed'],
    ['on somebody who left', host, { kind: 'mute', participantId: gone }, 'not_here'],
    ['on somebody who waits no more', host, { kind: 'admit', participantId: gone }, 'not_waiting'],
    ['on somebody who waits', host, { kind: 'admit', ...to(guest) }, null],
    ['on everybody who waits', host, { kind: 'admit', participantId: null }, null],
    ['to remove the host', cohost, { kind: 'remove', ...to(host) }, 'host_protected'],
    ['to remove oneself', cohost, { kind: 'remove', ...to(cohost) }, 'yourself'],
    ['to hang up the host', cohost, { kind: 'hangUp', whom: host.participantId }, 'host_protected'],
    ['to hang up oneself', cohost, { kind: 'hangUp', whom: cohost.participantId }, 'yourself'],
    ['to hang up somebody who left', host, { kind: 'hangUp', whom: gone }, 'not_here'],
    ['to hang up a member', cohost, { kind: 'hangUp', whom: member.participantId }, null],
    ['to hang up what rings somewhere', cohost, { kind: 'hangUp', whom: newId('account') }, null],
    ['to hang up, of a member', member, { kind: 'hangUp', whom: host.participantId }, 'not_allowed'],
    ['to hand over to oneself', host, { kind: 'handOver', ...to(host) }, 'yourself'],
    ['to end the spotlight', host, { kind: 'spotlight', participantId: null }, null],
    ['to end one’s own share', member, { kind: 'stopShare', ...to(member) }, null],
    ['to end the share of another', member, { kind: 'stopShare', ...to(cohost) }, 'not_allowed'],
    ['that everybody may take', member, { kind: 'raiseHand', isRaised: true }, null],
  ])('%s', (_what, own, action, refusal) => {
    expect(whyNotControl(own, { roster, waiting }, action)).toBe(refusal);
  });

  it('opens what a host closed only where the meeting lets it', () => {
    const closed = { isMutedByHost: true, isCameraStoppedByHost: true };
    const [mutedMember, mutedHost] = [
      { ...member, ...closed },
      { ...host, ...closed },
    ];
    expect(whyNotOpen(mutedMember, 'microphone', { canUnmute: true })).toBeNull();
    expect(whyNotOpen(mutedMember, 'microphone', { canUnmute: false })).toBe('muted_by_host');
    expect(whyNotOpen(mutedMember, 'camera', { canUnmute: true })).toBe('camera_stopped_by_host');
    expect(whyNotOpen(mutedHost, 'microphone', { canUnmute: false })).toBeNull();
    expect(whyNotOpen(mutedHost, 'camera', { canUnmute: false })).toBeNull();
    expect(whyNotOpen(member, 'camera', { canUnmute: false })).toBeNull();
  });
});
