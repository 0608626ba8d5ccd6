import { describe, expect, it } from 'vitest';
import { newId } from '../ids.ts';
import { actionOnCall, type Callee, canChoose, choiceFrom, groupsOf, nextOfCall, typedNumber } from './callees.ts';
import { calledStates, calleeChoice, type FoundInDirectory } from './calling.ts';

const nothing = { items: [], hasMore: false };
const nobody: FoundInDirectory = { people: nothing, departments: nothing, terminals: nothing, contacts: nothing };
const person = { accountId: newId('account'), name: 'Mika Sato', department: 'Design', isHere: false };
const terminal = { terminalId: newId('terminal'), name: 'Cedar', space: '4th floor', isHere: true };
const contact = { contactId: newId('contact'), name: 'Glazier', company: '', hasMail: false };

describe('what a search found', () => {
  it('is listed by kind without what is empty, and says what stands against each', () => {
    const found = {
      ...nobody,
      people: { items: [person], hasMore: true },
      terminals: { items: [terminal], hasMore: false },
      contacts: { items: [contact], hasMore: false },
    };
    expect(groupsOf(found, 'x')).toEqual([
      {
        kind: 'person',
        hasMore: true,
        found: [{ callee: { kind: 'person', id: person.accountId, name: 'Mika Sato' }, detail: 'Design', note: null }],
      },
      {
        kind: 'terminal',
        hasMore: false,
        found: [
          { callee: { kind: 'terminal', id: terminal.terminalId, name: 'Cedar' }, detail: '4th floor', note: 'isHere' },
        ],
      },
      {
        kind: 'contact',
        hasMore: false,
        found: [{ callee: { kind: 'contact', id: contact.contactId, name: 'Glazier' }, detail: null, note: 'noMail' }],
      },
    ]);
  });

  it('begins with the number that was typed, whoever else is found', () => {
    const groups = groupsOf({ ...nobody, people: { items: [person], hasMore: false } }, '+47 22 12 34 56');
    expect(groups.map(({ kind }) => kind)).toEqual(['number', 'person']);
  });

  it('can be chosen unless it is here already', () => {
    const callee: Callee = { kind: 'person', id: person.accountId, name: 'Mika Sato' };
    expect(canChoose({ callee, detail: null, note: null })).toBe(true);
    expect(canChoose({ callee, detail: null, note: 'noMail' })).toBe(true);
    expect(canChoose({ callee, detail: null, note: 'isHere' })).toBe(false);
  });
});

describe('a typed number', () => {
  it.each([
    ['+47 22 12 34 56', '+47 22 12 34 56', 'notReachableYet'],
    [' 0047 (22) 12-34-56 ', '0047 (22) 12-34-56', 'notReachableYet'],
    ['＋８６１３８００１３８０００', '+8613800138000', 'notReachableYet'],
    ['22 12 34 56', '22 12 34 56', 'noCountryCode'],
  ])('%j is a choice of its own', (typed, id, note) => {
    expect(typedNumber(typed)).toEqual([{ callee: { kind: 'number', id, name: id }, detail: null, note }]);
  });

  it.each(['', '1234', 'Room 12345', '+47 call me', '12+34567'])('%j is none', (typed) => {
    expect(typedNumber(typed)).toEqual([]);
  });
});

it('calls everybody who was chosen at once', () => {
  const departmentId = newId('department');
  const chosen: Callee[] = [
    { kind: 'person', id: person.accountId, name: 'Mika Sato' },
    { kind: 'number', id: '+4722123456', name: '+4722123456' },
    { kind: 'department', id: departmentId, name: 'Design' },
    { kind: 'terminal', id: terminal.terminalId, name: 'Cedar' },
    { kind: 'contact', id: contact.contactId, name: 'Glazier' },
  ];
  const choice = choiceFrom(chosen);
  expect(choice).toEqual({
    accounts: [person.accountId],
    departments: [departmentId],
    terminals: [terminal.terminalId],
    contacts: [contact.contactId],
    numbers: ['+4722123456'],
  });
  expect(calleeChoice.parse(choice)).toEqual(choice);
});

it('ends only what rings, and calls nobody again whom no call reaches', () => {
  expect(Object.fromEntries(calledStates.map((state) => [state, nextOfCall(state)]))).toEqual({
    ringing: 'hangUp',
    answered: 'callAgain',
    declined: 'callAgain',
    missed: 'callAgain',
    busy: 'callAgain',
    withdrawn: 'callAgain',
    invited: 'callAgain',
    notReachableYet: 'takeOff',
  });
});

it('hangs up what rings, takes off what cannot ring, and calls everybody else again', () => {
  const calleeId = '+4722123456';
  expect(actionOnCall({ calleeId, state: 'ringing' })).toEqual({ kind: 'hangUp', whom: calleeId });
  expect(actionOnCall({ calleeId, state: 'notReachableYet' })).toEqual({ kind: 'hangUp', whom: calleeId });
  expect(actionOnCall({ calleeId, state: 'declined' })).toEqual({ kind: 'callAgain', calleeId });
});
