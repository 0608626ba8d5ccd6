import type { doorRoutes } from '@anteroom/shared/api/meetings.ts';
import type { Handlers } from '../../plugins/contract-routes.ts';
import type { DoorService } from './service.ts';

export function createDoorHandlers({ door }: { door: DoorService }): Handlers<typeof doorRoutes> {
  return {
    async look({ params, address }) {
      const { meeting, roomName } = await door.look(params.number, address);
      const { number, subject, organizerName, startAt, endAt, timeZone, state } = meeting;
      const needsPassword = meeting.guestPassword !== null;
      return { number, subject, organizerName, startAt, endAt, timeZone, state, needsPassword, roomName };
    },
    async enter({ params, body, address }) {
      const { meeting, ticket } = await door.enter(params.number, body, address);
      const { id, number, subject, startAt, endAt } = meeting;
      return { ticket, meeting: { meetingId: id, number, subject, startAt, endAt } };
    },
  };
}
