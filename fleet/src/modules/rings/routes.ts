import type { ringRoutes } from '@anteroom/shared/api/rings.ts';
import type { Handlers } from '../../plugins/contract-routes.ts';
import type { RingDesk } from './desk-service.ts';

export function createRingHandlers({ desk }: { desk: RingDesk }): Handlers<typeof ringRoutes> {
  return {
    listOwn: async ({ actor }) => ({ items: await desk.listOwn(actor) }),
    answer: ({ actor, params }) => desk.settleOwn(actor, params.meetingId, 'answered'),
    decline: ({ actor, params }) => desk.settleOwn(actor, params.meetingId, 'declined'),
    async dismiss({ actor, params }) {
      await desk.dismiss(actor, params.meetingId);
    },
    getDoNotDisturb: ({ actor }) => desk.getDoNotDisturb(actor),
    setDoNotDisturb: ({ actor, body }) => desk.setDoNotDisturb(actor, body),
    listOfMeeting: async ({ actor, params }) => ({ items: await desk.listOfMeeting(actor, params.meetingId) }),
    call: async ({ actor, params, body }) => ({ items: await desk.call(actor, params.meetingId, body.callees) }),
    withdraw: async ({ actor, params }) => ({
      items: await desk.withdraw(actor, params.meetingId, params.calleeId),
    }),
  };
}
