import { apiBase } from '@anteroom/shared/api/contract.ts';
import type { calendarRoutes } from '@anteroom/shared/api/my-meetings.ts';
import type { Handlers } from '../../plugins/contract-routes.ts';
import type { CalendarsService } from './service.ts';

export function createCalendarHandlers(deps: {
  calendars: CalendarsService;
  publicUrl: () => string;
}): Handlers<typeof calendarRoutes> {
  const { calendars, publicUrl } = deps;
  const toAddress = (token: string) => ({ url: `${publicUrl()}${apiBase}/calendars/${token}.ics` });
  return {
    createOwn: async ({ actor }) => toAddress(await calendars.createOwn(actor)),
    removeOwn: async ({ actor }) => {
      await calendars.removeOwn(actor);
      return undefined;
    },
    createOfRoom: async ({ actor, params }) => toAddress(await calendars.createOfRoom(actor, params.roomId)),
    removeOfRoom: async ({ actor, params }) => {
      await calendars.removeOfRoom(actor, params.roomId);
      return undefined;
    },
    read: async ({ params }) => ({
      contentType: 'text/calendar; charset=utf-8',
      filename: 'meetings.ics',
      content: await calendars.read(params.token.replace(/\.ics$/, '')),
    }),
  };
}
