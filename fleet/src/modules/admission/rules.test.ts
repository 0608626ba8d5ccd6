import { holdReasons, joinRefusals } from '@anteroom/shared/meeting/refusal.ts';
import { describe, expect, it } from 'vitest';
import { type AdmissionFacts, decide } from './rules.ts';

const at = (time: string) => new Date(`2026-03-02T${time}:00.000Z`);
const id = <P extends string>(prefix: P): `${P}_${string}` => `${prefix}_${'0'.repeat(32)}`;
const terminalId = id('term');

const guest: AdmissionFacts = {
  now: at('10:00'),
  claims: {
    ...{ sub: id('prt'), org: id('org'), mtg: id('mtg'), role: 'guest', kind: 'guest', name: 'Ola' },
    ...{ nbf: at('09:50').getTime() / 1000, exp: at('10:45').getTime() / 1000 },
  },
  meeting: {
    ...{ startAt: at('10:00').toISOString(), endAt: at('10:30').toISOString(), nextStartAt: null },
    ...{ closesAt: at('10:45').toISOString(), cancelledAt: null, endedAt: null },
    ...{ resource: 'room', admissionScope: 'everyone', waitingRoom: 'off', canJoinBeforeHost: true },
    passwordProof: null,
  },
  certificate: null,
  terminal: undefined,
  isAccountDeleted: false,
  standing: 'outsider',
  hasSeat: false,
  isLocked: false,
  isRemoved: false,
  isLetIn: false,
  isHostHere: false,
  hasBegun: false,
  resource: { isValid: true, capacity: 3, meetingCapacity: 100, maxMinutes: null },
  seatsInMeeting: 0,
  seatsElsewhere: 0,
};
const terminal: AdmissionFacts = {
  ...guest,
  standing: 'host',
  claims: { ...guest.claims, role: 'member', kind: 'terminal', trm: terminalId, cnf: { 'x5t#S256': 'own' } },
  certificate: { standing: 'valid', terminalId },
  terminal: { isRetired: false, isExpected: true, isLicensed: true },
};
const meeting = (change: Partial<NonNullable<AdmissionFacts['meeting']>>) => {
  if (!guest.meeting) throw new Error('the facts have a meeting');
  return { ...guest.meeting, ...change };
};
const resource = (change: Partial<AdmissionFacts['resource']>) => ({ ...guest.resource, ...change });
const as = (standing: AdmissionFacts['standing'], change: Partial<NonNullable<AdmissionFacts['meeting']>>) => ({
  ...guest,
  standing,
  meeting: meeting(change),
});

describe('admission', () => {
  const admitted: [string, AdmissionFacts][] = [
    ['a guest', guest],
    ['a terminal', terminal],
    ['a guest ten minutes early', { ...guest, now: at('09:50') }],
    [
      'a ticket from before the meeting was extended',
      {
        ...guest,
        now: at('11:00'),
        meeting: meeting({ endAt: at('12:00').toISOString(), closesAt: at('12:15').toISOString() }),
      },
    ],
    ['whoever may hold a meeting that is locked', { ...as('host', {}), isLocked: true }],
    ['whoever comes back to a meeting that was locked meanwhile', { ...guest, isLocked: true, hasSeat: true }],
    ['the last seat', { ...guest, seatsInMeeting: 2 }],
    ['whoever is in already, in a full room', { ...guest, hasSeat: true, seatsInMeeting: 2, seatsElsewhere: 1 }],
    [
      'whoever is in already, though the scope was narrowed',
      { ...as('outsider', { admissionScope: 'invited' }), hasSeat: true },
    ],
    ['whoever comes while people finish', { ...guest, now: at('10:40') }],
    ['somebody of the organization to a meeting of the organization', as('member', { admissionScope: 'organization' })],
    ['somebody invited to a meeting of those invited', as('invited', { admissionScope: 'invited' })],
    ['the host to a meeting of those invited', as('host', { admissionScope: 'invited' })],
    [
      'a guest who knows the password',
      { ...as('outsider', { passwordProof: 'p' }), claims: { ...guest.claims, pwp: 'p' } },
    ],
    ['somebody of the organization without the guests’ password', as('member', { passwordProof: 'p' })],
    ['the host to the waiting room of everyone', as('host', { waitingRoom: 'everyone' })],
    ['somebody of the organization past the waiting room of outsiders', as('member', { waitingRoom: 'outsiders' })],
    ['a guest whom the host let in', { ...as('outsider', { waitingRoom: 'everyone' }), isLetIn: true }],
    [
      'a guest where the host is',
      { ...as('outsider', { canJoinBeforeHost: false }), isHostHere: true, seatsInMeeting: 1 },
    ],
    [
      'somebody to a live meeting whose order expired',
      { ...guest, resource: resource({ isValid: false }), hasBegun: true },
    ],
    ['the last minute of a plan', { ...guest, now: at('10:24'), resource: resource({ maxMinutes: 25 }) }],
    [
      'somebody to a meeting of the pool while another one meets',
      { ...as('outsider', { resource: 'concurrency' }), now: at('09:55'), seatsElsewhere: 2 },
    ],
  ];
  it.each(admitted)('admits %s', (_who, facts) => {
    expect(decide(facts)).toEqual({ kind: 'admit' });
  });

  const refused: [string, AdmissionFacts, string][] = [
    ['whoever has no account any more', { ...as('outsider', {}), isAccountDeleted: true }, 'ticket_invalid'],
    ['a meeting that does not exist', { ...guest, meeting: undefined }, 'meeting_not_found'],
    [
      'a meeting that was ended',
      { ...guest, meeting: meeting({ endedAt: at('09:59').toISOString() }) },
      'meeting_ended',
    ],
    ['a meeting that is over', { ...guest, now: at('10:45') }, 'meeting_ended'],
    [
      'a cancelled meeting',
      { ...guest, meeting: meeting({ cancelledAt: at('09:00').toISOString() }) },
      'meeting_cancelled',
    ],
    [
      'an old ticket of a meeting that was moved',
      {
        ...guest,
        now: at('11:00'),
        meeting: meeting({
          ...{ startAt: at('11:00').toISOString(), endAt: at('12:00').toISOString() },
          closesAt: at('12:15').toISOString(),
        }),
      },
      'ticket_expired',
    ],
    ['a guest where the organization meets', as('outsider', { admissionScope: 'organization' }), 'organization_only'],
    ['a guest where those invited meet', as('outsider', { admissionScope: 'invited' }), 'invited_only'],
    ['whoever is not invited, though of the organization', as('member', { admissionScope: 'invited' }), 'invited_only'],
    ['a guest without the password', as('outsider', { passwordProof: 'p' }), 'password_required'],
    [
      'a guest with the password of before',
      { ...as('outsider', { passwordProof: 'new' }), claims: { ...guest.claims, pwp: 'old' } },
      'password_required',
    ],
    ['everybody else from a locked meeting', { ...as('invited', {}), isLocked: true }, 'meeting_locked'],
    [
      'whoever waits, once it is locked',
      { ...as('outsider', { waitingRoom: 'everyone' }), isLocked: true },
      'meeting_locked',
    ],
    ['whom a host removed', { ...as('member', {}), isRemoved: true }, 'removed'],
    [
      'whom a host removed, though their seat is not given back yet',
      { ...guest, isRemoved: true, hasSeat: true },
      'removed',
    ],
    ['a new meeting whose order expired', { ...guest, resource: resource({ isValid: false }) }, 'resource_expired'],
    [
      'a meeting past the minutes of its plan',
      { ...guest, now: at('10:25'), resource: resource({ maxMinutes: 25 }) },
      'plan_minutes_used',
    ],
    ['a guest’s ticket in a terminal', { ...guest, certificate: terminal.certificate }, 'ticket_invalid'],
    ['a terminal’s ticket in a browser', { ...terminal, certificate: null }, 'ticket_invalid'],
    [
      'another terminal’s ticket',
      { ...terminal, certificate: { standing: 'valid', terminalId: `term_${'1'.repeat(32)}` } },
      'ticket_invalid',
    ],
    [
      'a revoked certificate',
      { ...terminal, certificate: { standing: 'revoked', terminalId: null } },
      'certificate_revoked',
    ],
    [
      'an unknown certificate',
      { ...terminal, certificate: { standing: 'unknown', terminalId: null } },
      'ticket_invalid',
    ],
    [
      'a retired terminal',
      { ...terminal, terminal: { isRetired: true, isExpected: true, isLicensed: true } },
      'certificate_revoked',
    ],
    [
      'a terminal that was moved to another cloud room',
      { ...terminal, terminal: { isRetired: false, isExpected: false, isLicensed: true } },
      'ticket_invalid',
    ],
    [
      'a terminal beyond the licences',
      { ...terminal, terminal: { isRetired: false, isExpected: true, isLicensed: false } },
      'terminal_unlicensed',
    ],
  ];
  it.each(refused)('refuses %s', (_who, facts, reason) => {
    expect(decide(facts)).toEqual({ kind: 'refuse', reason });
  });

  const held: [string, AdmissionFacts, string][] = [
    ['whoever comes eleven minutes ahead', { ...guest, now: at('09:49') }, 'meeting_not_started'],
    ['an early guest while the room is in use', { ...guest, now: at('09:55'), seatsElsewhere: 1 }, 'room_in_use'],
    ['a guest before the host', as('outsider', { canJoinBeforeHost: false }), 'host_not_here'],
    ['a member before the host', as('member', { canJoinBeforeHost: false }), 'host_not_here'],
    ['a guest in the waiting room of outsiders', as('outsider', { waitingRoom: 'outsiders' }), 'waiting_room'],
    ['everybody in the waiting room of everyone', as('invited', { waitingRoom: 'everyone' }), 'waiting_room'],
    ['the N+1st of a cloud room', { ...guest, seatsInMeeting: 3 }, 'room_full'],
    ['the N+1st of the whole room', { ...guest, seatsInMeeting: 2, seatsElsewhere: 1 }, 'room_full'],
    [
      'the N+1st of the pool, whichever meetings its seats are in',
      { ...as('outsider', { resource: 'concurrency' }), seatsInMeeting: 1, seatsElsewhere: 2 },
      'pool_full',
    ],
    ['the N+1st of a free meeting', { ...as('outsider', { resource: 'free' }), seatsInMeeting: 3 }, 'meeting_full'],
    [
      'more than the plan allows in one meeting',
      { ...as('member', { resource: 'concurrency' }), seatsInMeeting: 2, resource: resource({ meetingCapacity: 2 }) },
      'meeting_full',
    ],
    [
      'even a guest whom the host let in, when no seat is free',
      { ...as('outsider', { waitingRoom: 'everyone' }), isLetIn: true, seatsInMeeting: 3 },
      'room_full',
    ],
  ];
  it.each(held)('holds %s', (_who, facts, reason) => {
    expect(decide(facts)).toEqual({ kind: 'hold', reason });
  });

  it('knows every reason to hold', () => {
    expect(new Set(held.map(([, , reason]) => reason))).toEqual(new Set(holdReasons));
  });

  it('gives every reason of the closed list that is its own', () => {
    const told = new Set([...refused, ...held].map(([, , reason]) => reason));
    // Of the way to the meeting, after admission or without it: signalling and terminals tell these.
    const ofTheWay = ['already_joined_elsewhere', 'fleet_unreachable', 'media_failed', 'media_unavailable'];
    expect([...told, ...ofTheWay].sort()).toEqual([...joinRefusals].sort());
  });
});
