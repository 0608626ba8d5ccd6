import type { AccountId, ContactId, DepartmentId, TerminalId } from '../ids.ts';
import type { CalledEntry, CalledState, CalleeChoice, FoundInDirectory } from './calling.ts';
import type { ControlAction } from './control.ts';

/** How hosts choose whom to call from what a search found and what they typed, and what can be done about a call. */

export type Callee =
  | { kind: 'person'; id: AccountId; name: string }
  | { kind: 'department'; id: DepartmentId; name: string }
  | { kind: 'terminal'; id: TerminalId; name: string }
  | { kind: 'contact'; id: ContactId; name: string }
  /** `id` and `name` are the number as it was typed. */
  | { kind: 'number'; id: string; name: string };
export type CalleeKind = Callee['kind'];

/** Why a callee cannot be chosen, or what the call will come to. */
export type CalleeNote = 'isHere' | 'noMail' | 'notReachableYet' | 'noCountryCode';
export type FoundCallee = { callee: Callee; detail: string | null; note: CalleeNote | null };
export type FoundGroup = { kind: CalleeKind; found: FoundCallee[]; hasMore: boolean };

/** These cannot be chosen; the other notes only say what to expect. */
const forbidding: readonly (CalleeNote | null)[] = ['isHere', 'noCountryCode'];
export const canChoose = ({ note }: FoundCallee): boolean => !forbidding.includes(note);

/** What is found, in the order in which it is listed: a typed number first, and no group that is empty. */
export function groupsOf(found: FoundInDirectory, typed: string): FoundGroup[] {
  const { people, departments, terminals, contacts } = found;
  const groups: FoundGroup[] = [
    { kind: 'number', found: typedNumber(typed), hasMore: false },
    {
      kind: 'person',
      hasMore: people.hasMore,
      found: people.items.map(({ accountId: id, name, department, isHere }) => ({
        callee: { kind: 'person', id, name },
        detail: department,
        note: isHere ? 'isHere' : null,
      })),
    },
    {
      kind: 'terminal',
      hasMore: terminals.hasMore,
      found: terminals.items.map(({ terminalId: id, name, space, isHere }) => ({
        callee: { kind: 'terminal', id, name },
        detail: space,
        note: isHere ? 'isHere' : null,
      })),
    },
    {
      kind: 'department',
      hasMore: departments.hasMore,
      found: departments.items.map(({ departmentId: id, name, parent }) => ({
        callee: { kind: 'department', id, name },
        detail: parent,
        note: null,
      })),
    },
    {
      kind: 'contact',
      hasMore: contacts.hasMore,
      found: contacts.items.map(({ contactId: id, name, company, hasMail }) => ({
        callee: { kind: 'contact', id, name },
        detail: company || null,
        note: hasMail ? null : 'noMail',
      })),
    },
  ];
  return groups.filter((group) => group.found.length > 0);
}

/** Nothing but digits and what people write between them; five digits are the shortest number there is. */
const numberShape = /^(?:\+|00)?[\d\s().\-/]+$/u;
const leastDigits = 5;

/** The typed words as a number to call, when they look like one. Whether it exists is the server's to say. */
export function typedNumber(typed: string): FoundCallee[] {
  const number = typed.normalize('NFKC').trim();
  if (!numberShape.test(number) || number.replace(/\D/g, '').length < leastDigits) return [];
  const hasCountryCode = /^(?:\+|00)/.test(number);
  return [
    {
      callee: { kind: 'number', id: number, name: number },
      detail: null,
      note: hasCountryCode ? 'notReachableYet' : 'noCountryCode',
    },
  ];
}

/** One call for everybody who was chosen. */
export function choiceFrom(chosen: readonly Callee[]): CalleeChoice {
  return {
    accounts: chosen.flatMap((callee) => (callee.kind === 'person' ? callee.id : [])),
    departments: chosen.flatMap((callee) => (callee.kind === 'department' ? callee.id : [])),
    terminals: chosen.flatMap((callee) => (callee.kind === 'terminal' ? callee.id : [])),
    contacts: chosen.flatMap((callee) => (callee.kind === 'contact' ? callee.id : [])),
    numbers: chosen.flatMap((callee) => (callee.kind === 'number' ? callee.id : [])),
  };
}

export type CallNext = 'hangUp' | 'callAgain' | 'takeOff';

/** What a host may do about a call that stands so. Calling again what nothing reaches yet would come to the same. */
export function nextOfCall(state: CalledState): CallNext {
  if (state === 'ringing') return 'hangUp';
  return state === 'notReachableYet' ? 'takeOff' : 'callAgain';
}

/** That as an action: hanging up also takes off the list what cannot ring. */
export function actionOnCall({ calleeId, state }: Pick<CalledEntry, 'calleeId' | 'state'>): ControlAction {
  return nextOfCall(state) === 'callAgain' ? { kind: 'callAgain', calleeId } : { kind: 'hangUp', whom: calleeId };
}
