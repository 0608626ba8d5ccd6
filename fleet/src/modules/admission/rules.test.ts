import { describe, expect, it } from 'vitest';
import { type AdmissionFacts, refusalOf } from './rules.ts';

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
    ...{ closesAt: at('10:45').toISOString(), cancelledAt: null, endedAt: null, capacity: 3 },
  },
  certificate: null,
  terminal: undefined,
  hasSeat: false,
  seatsInMeeting: 0,
  seatsElsewhereInRoom: 0,
};
const terminal: AdmissionFacts = {
  ...guest,
  claims: { ...guest.claims, role: 'member', kind: 'terminal', trm: terminalId, cnf: { 'x5t#S256': 'own' } },
  certificate: { standing: 'valid', terminalId },
  terminal: { isRetired: false, isInRoom: true },
};
const meeting = (change: Partial<NonNullable<AdmissionFacts['meeting']>>) => {
  if (!guest.meeting) throw new Error('the facts have a meeting');
  return { ...guest.meeting, ...change };
};

describe('admission', () => {
  it.each([
    ['a guest', guest],
    ['a terminal', terminal],
    ['a guest ten minutes early', { ...guest, now: at('09:50') }],
    ['the last seat', { ...guest, seatsInMeeting: 2 }],
    ['whoever has a seat, in a full room', { ...guest, hasSeat: true, seatsInMeeting: 2, seatsElsewhereInRoom: 1 }],
    ['whoever comes while people finish', { ...guest, now: at('10:40') }],
  ])('admits %s', (_who, facts: AdmissionFacts) => {
    expect(refusalOf(facts)).toBeNull();
  });

  it.each([
    ['a meeting that does not exist', { ...guest, meeting: undefined }, 'meeting_not_found'],
    ['a meeting eleven minutes ahead', { ...guest, now: at('09:49') }, 'meeting_not_started'],
    [
      'an early guest while the room is in use',
      { ...guest, now: at('09:55'), seatsElsewhereInRoom: 1 },
      'meeting_not_started',
    ],
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
      'an old ticket of a longer meeting',
      {
        ...guest,
        now: at('11:00'),
        meeting: meeting({ endAt: at('12:00').toISOString(), closesAt: at('12:15').toISOString() }),
      },
      'ticket_expired',
    ],
    ['the N+1st', { ...guest, seatsInMeeting: 3 }, 'room_full'],
    ['the N+1st of the whole room', { ...guest, seatsInMeeting: 2, seatsElsewhereInRoom: 1 }, 'room_full'],
    ['a guest’s ticket in a terminal', { ...guest, certificate: terminal.certificate }, 'ticket_invalid'],
    ['a terminal’s ticket in a browser', { ...terminal, certificate: null }, 'ticket_invalid'],
    [
      'another terminal’s ticket',
      { ...terminal, certificate: { standing: 'valid' as const, terminalId: `term_${'1'.repeat(32)}` } },
      'ticket_invalid',
    ],
    [
      'a revoked certificate',
      { ...terminal, certificate: { standing: 'revoked' as const, terminalId: null } },
      'certificate_revoked',
    ],
    [
      'an unknown certificate',
      { ...terminal, certificate: { standing: 'unknown' as const, terminalId: null } },
      'ticket_invalid',
    ],
    ['a retired terminal', { ...terminal, terminal: { isRetired: true, isInRoom: true } }, 'certificate_revoked'],
    [
      'a terminal that was moved to another cloud room',
      { ...terminal, terminal: { isRetired: false, isInRoom: false } },
      'ticket_invalid',
    ],
  ])('refuses %s', (_who, facts: AdmissionFacts, reason) => {
    expect(refusalOf(facts)).toBe(reason);
  });
});
