import type { OutgoingHttpHeaders } from 'node:http';
import { deviceTouch, deviceTouchRefusals, type PanelDevices } from '@anteroom/shared/panel/devices.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FastifyInstance } from 'fastify';
import type { RoomPanel } from '../room/room.ts';
import { openEventStream } from './event-stream.ts';
import { sendInvalid, sendProblem } from './problems.ts';

const mostWaitingBytes = 1024 * 1024;

/** The devices of the room for whoever looks at them, and what is touched there. Not there in a room that has none. */
export function serveDevices(
  app: FastifyInstance,
  deps: { room: RoomPanel; clock: Clock; language: () => Language; headers: OutgoingHttpHeaders },
): void {
  const { room, clock, headers, language } = deps;

  app.get('/api/devices', (_request, reply) => {
    reply.hijack();
    const stream = openEventStream(reply.raw, { clock, headers, mostWaitingBytes });
    const push = (devices: PanelDevices) => stream.write(`event: devices\ndata: ${JSON.stringify(devices)}\n\n`);
    stream.onGone(room.onDevices(push));
    push(room.devices());
  });

  app.post('/api/devices/touches', async (request, reply) => {
    const parsed = deviceTouch.safeParse(request.body);
    if (!parsed.success) return sendInvalid(reply, parsed.error, language());
    const refusal = room.touch(parsed.data);
    if (refusal === null) return reply.code(202).send();
    const reason = deviceTouchRefusals[refusal][language()].replace(/[.。]$/, '');
    return sendProblem(reply, 'action_not_now', { language: language(), values: { reason, refusal } });
  });
}
