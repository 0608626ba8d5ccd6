import type { Contact, contactRoutes } from '@anteroom/shared/api/people.ts';
import { given, type Handlers } from '../../plugins/contract-routes.ts';
import type { ContactRow, ContactsService } from './service.ts';

export function createContactHandlers({ contacts }: { contacts: ContactsService }): Handlers<typeof contactRoutes> {
  return {
    async list({ actor, query }) {
      const page = await contacts.list(actor, query);
      return { ...page, items: page.items.map(toContact) };
    },
    get: async ({ actor, params }) => toContact(await contacts.get(actor, params.contactId)),
    create: async ({ actor, body }) => toContact(await contacts.create(actor, body)),
    update: async ({ actor, params, body }) => toContact(await contacts.update(actor, params.contactId, given(body))),
    async remove({ actor, params }) {
      await contacts.remove(actor, params.contactId);
      return undefined;
    },
  };
}

function toContact({ id, name, company, phone, email, remark }: ContactRow): Contact {
  return { id, name, company, phone, email, remark };
}
