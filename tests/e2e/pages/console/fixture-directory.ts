import { contactRoutes, departmentRoutes } from '@anteroom/shared/api/people.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { newId } from '@anteroom/shared/ids.ts';
import type { FixtureState } from './fixture-data.ts';
import { type FixtureCall, found, type Handler, pageOf } from './fixture-handlers.ts';

const departmentOf = (state: FixtureState, call: FixtureCall) =>
  found(state.departments.find(({ id }) => id === call.params.departmentId));
const contactOf = (state: FixtureState, call: FixtureCall) =>
  found(state.contacts.find(({ id }) => id === call.params.contactId));

function refuseTaken({ departments }: FixtureState, name: string | undefined): void {
  if (name !== undefined && departments.some((each) => each.name === name))
    throw new ProblemError('name_taken', { name });
}

export const directoryHandlers: Record<string, Handler> = {
  'departments.list': ({ departments }) => ({ items: departments, mayManageAll: true }),
  'departments.get': departmentOf,
  'departments.create': (state, call) => {
    const body = departmentRoutes.create.body.parse(call.body);
    refuseTaken(state, body.name);
    const department = { ...body, id: newId('department'), people: 0, mayManage: true };
    state.departments.push(department);
    return department;
  },
  'departments.update': (state, call) => {
    const department = departmentOf(state, call);
    const body = departmentRoutes.update.body.parse(call.body);
    if (body.name !== department.name) refuseTaken(state, body.name);
    return Object.assign(department, body);
  },
  'departments.remove': (state, call) => {
    const { id, parentId } = departmentOf(state, call);
    for (const each of state.departments) if (each.parentId === id) each.parentId = parentId;
    state.departments = state.departments.filter((each) => each.id !== id);
  },
  'contacts.list': ({ contacts }, call) => pageOf(contacts, call, ({ name }) => name),
  'contacts.get': contactOf,
  'contacts.create': ({ contacts }, call) => {
    const contact = { ...contactRoutes.create.body.parse(call.body), id: newId('contact') };
    contacts.push(contact);
    return contact;
  },
  'contacts.update': (state, call) => Object.assign(contactOf(state, call), contactRoutes.update.body.parse(call.body)),
  'contacts.remove': (state, call) => {
    const { id } = contactOf(state, call);
    state.contacts = state.contacts.filter((each) => each.id !== id);
  },
};
