import { z } from 'zod';
import { permission, role } from '../identity/roles.ts';
import { accountId, contactId, departmentId } from '../ids.ts';
import { instant } from '../protocol/envelope.ts';
import { language } from '../text.ts';
import { emailAddress, givenName, page, pageQuery, phoneNumber } from './page.ts';
import { comingMeeting, comingMeetingsFate } from './rooms.ts';
import { route } from './route.ts';

const place = {
  /** Null: directly in the organization. */
  departmentId: departmentId.nullable(),
  position: z.string().trim().max(60),
  /** Smaller ones stand first in their department. */
  sortNumber: z.int().min(0).max(999_999),
  remark: z.string().trim().max(200),
};

export const department = z.object({
  id: departmentId,
  /** Null: at the top. */
  parentId: departmentId.nullable(),
  name: z.string(),
  sortNumber: z.int(),
  /** Directly in it. */
  people: z.int(),
  /** Whether the reader may change it, and what stands below it. */
  mayManage: z.boolean(),
});
export type Department = z.infer<typeof department>;

export const person = z.object({
  id: accountId,
  kind: z.enum(['standard', 'console']),
  name: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  department: z.object({ id: departmentId, name: z.string() }).nullable(),
  position: z.string(),
  sortNumber: z.int(),
  remark: z.string(),
  role,
  permissions: z.array(permission),
  /** Departments that an administrator manages; null for the whole organization. */
  managedDepartments: z.array(departmentId).nullable(),
  /** Sites of a field engineer. */
  sites: z.array(z.string()),
  /** Whether the reader may change this person. */
  mayManage: z.boolean(),
});
export type Person = z.infer<typeof person>;

/** One person, with what whoever manages them may know. */
export const personDetail = person.extend({
  /** Null to everybody else. */
  signIn: z
    .object({
      hasPassword: z.boolean(),
      /** Until when the link to set one is good; null when none is. */
      linkExpiresAt: instant.nullable(),
    })
    .nullable(),
});
export type PersonDetail = z.infer<typeof personDetail>;

export const contact = z.object({
  id: contactId,
  name: z.string(),
  company: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  remark: z.string(),
});
export type Contact = z.infer<typeof contact>;

const contactFields = {
  name: givenName,
  company: z.string().trim().max(80),
  phone: phoneNumber.nullable(),
  email: emailAddress.nullable(),
  remark: z.string().trim().max(200),
};

const byDepartment = z.strictObject({ departmentId });
const byAccount = z.strictObject({ accountId });
const byContact = z.strictObject({ contactId });

export const departmentRoutes = {
  list: route({
    method: 'GET',
    path: '/departments',
    access: 'member',
    summary: 'All departments; a tree by parentId',
    success: {
      status: 200,
      body: z.object({
        items: z.array(department),
        /** Whether the reader may change what belongs to no department: the top of the tree, and external contacts. */
        mayManageAll: z.boolean(),
      }),
    },
  }),
  get: route({
    method: 'GET',
    path: '/departments/:departmentId',
    access: 'member',
    summary: 'One department',
    params: byDepartment,
    success: { status: 200, body: department },
  }),
  create: route({
    method: 'POST',
    path: '/departments',
    access: 'users',
    summary: 'Create a department',
    body: z.strictObject({
      name: givenName,
      parentId: departmentId.nullable(),
      sortNumber: z.int().min(0).max(999_999).default(0),
    }),
    success: { status: 201, body: department },
  }),
  update: route({
    method: 'PATCH',
    path: '/departments/:departmentId',
    access: 'users',
    summary: 'Rename, move or sort a department',
    params: byDepartment,
    body: z
      .strictObject({ name: givenName, parentId: departmentId.nullable(), sortNumber: z.int().min(0).max(999_999) })
      .partial(),
    success: { status: 200, body: department },
  }),
  remove: route({
    method: 'DELETE',
    path: '/departments/:departmentId',
    access: 'users',
    summary: 'Remove a department; its people and departments go to the one above',
    params: byDepartment,
    success: { status: 204, body: null },
  }),
};

export const peopleRoutes = {
  list: route({
    method: 'GET',
    path: '/people',
    access: 'member',
    summary: 'The directory of people, by name',
    query: pageQuery.extend({
      /** With the departments below it. */
      departmentId: departmentId.optional(),
    }),
    success: { status: 200, body: page(person) },
  }),
  get: route({
    method: 'GET',
    path: '/people/:accountId',
    access: 'member',
    summary: 'One person',
    params: byAccount,
    success: { status: 200, body: personDetail },
  }),
  add: route({
    method: 'POST',
    path: '/people',
    access: 'users',
    summary: 'Create an account; its person gets a one-time link to set a password',
    body: z.strictObject({
      kind: z.enum(['standard', 'console']),
      name: givenName,
      phone: phoneNumber.nullable(),
      email: emailAddress.nullable(),
      language,
      ...place,
    }),
    success: { status: 201, body: personDetail },
  }),
  update: route({
    method: 'PATCH',
    path: '/people/:accountId',
    access: 'users',
    summary: 'Change where a person stands in the organization',
    params: byAccount,
    body: z.strictObject(place).partial(),
    success: { status: 200, body: personDetail },
  }),
  setRole: route({
    method: 'POST',
    path: '/people/:accountId/role',
    access: 'defaultAdministrator',
    summary: 'Make somebody a member, an administrator with permissions, or a field engineer of sites',
    params: byAccount,
    body: z.discriminatedUnion('role', [
      z.strictObject({ role: z.literal('member') }),
      z.strictObject({
        role: z.literal('administrator'),
        permissions: z.array(permission).min(1).max(7),
        managedDepartments: z.array(departmentId).min(1).max(100).nullable(),
      }),
      z.strictObject({ role: z.literal('fieldEngineer'), sites: z.array(givenName).min(1).max(100) }),
    ]),
    success: { status: 200, body: personDetail },
  }),
  sendLink: route({
    method: 'POST',
    path: '/people/:accountId/password-link',
    access: 'users',
    summary: 'Send the link to set a password again to somebody who has none; the link before leads nowhere any more',
    params: byAccount,
    success: { status: 200, body: personDetail },
  }),
  listComing: route({
    method: 'GET',
    path: '/people/:accountId/coming-meetings',
    access: 'users',
    summary: 'Coming meetings that a person organizes, by start, at most 200',
    params: byAccount,
    success: { status: 200, body: z.object({ items: z.array(comingMeeting) }) },
  }),
  remove: route({
    method: 'DELETE',
    path: '/people/:accountId',
    access: 'users',
    summary: 'Remove somebody from the organization; every session of theirs ends and says why',
    params: byAccount,
    query: z.strictObject({
      /** What becomes of the coming meetings that they organize: needed when there are any. */
      comingMeetings: comingMeetingsFate.optional(),
      /** Whose they are after a transfer: somebody of the organization who can meet. */
      to: accountId.optional(),
    }),
    success: { status: 204, body: null },
  }),
};

export const contactRoutes = {
  list: route({
    method: 'GET',
    path: '/contacts',
    access: 'member',
    summary: 'External contacts, by name',
    query: pageQuery,
    success: { status: 200, body: page(contact) },
  }),
  get: route({
    method: 'GET',
    path: '/contacts/:contactId',
    access: 'member',
    summary: 'One external contact',
    params: byContact,
    success: { status: 200, body: contact },
  }),
  create: route({
    method: 'POST',
    path: '/contacts',
    access: 'users',
    summary: 'Add an external contact',
    body: z.strictObject(contactFields),
    success: { status: 201, body: contact },
  }),
  update: route({
    method: 'PATCH',
    path: '/contacts/:contactId',
    access: 'users',
    summary: 'Change an external contact',
    params: byContact,
    body: z.strictObject(contactFields).partial(),
    success: { status: 200, body: contact },
  }),
  remove: route({
    method: 'DELETE',
    path: '/contacts/:contactId',
    access: 'users',
    summary: 'Remove an external contact',
    params: byContact,
    success: { status: 204, body: null },
  }),
};
