import type { doorRoutes } from '@anteroom/shared/api/meetings.ts';
import type { Handlers } from '../../plugins/contract-routes.ts';
import type { DoorService } from './service.ts';

export function createDoorHandlers({ door }: { door: DoorService }): Handlers<typeof doorRoutes> {
  return {
    async look({ actor, params, address }) {
      const { meeting, roomName, needsPassword, waitsForHost, visitor } = await door.look(
        params.number,
        actor,
        address,
      );
      const { number, subject, organizerName, startAt, endAt, timeZone, state } = meeting;
      const isTrial = meeting.purpose === 'trial';
      return {
        ...{ number, subject, organizerName, startAt, endAt, timeZone, state, needsPassword, visitor, roomName },
        waitsForHost,
        isTrial,
      };
    },
    outlook: ({ actor, params, body, address }) => door.outlook(params.number, body, actor, address),
    async enter({ actor, params, body, address }) {
      const { meeting, ticket } = await door.enter(params.number, body, actor, address);
      const { id, number, subject, startAt, endAt } = meeting;
      return { ticket, meeting: { meetingId: id, number, subject, startAt, endAt } };
    },
  };
}
