import { setTimeout as sleep } from 'node:timers/promises';
import { loadGstreamer } from '../../../device/src/media/gst.ts';
import { createFleetWay, type Way } from './fleet-way.ts';
import { createJanusWay } from './janus-way.ts';
import { createLightMedia, type LightClientMedia } from './light-media.ts';
import { clientsSetup, type Order, order, type Report } from './orders.ts';

/** `clients-process.ts SETUP`: several light clients, which do what the bench orders over IPC. Ended by a kill. */
const setup = clientsSetup.parse(JSON.parse(process.argv[2] ?? ''));
const send = (report: Report) => void process.send?.(report);
const onFault = (detail: string) => send({ report: 'fault', detail });
const lookEveryMs = 5;

const { createClient } = createLightMedia({ gstreamer: loadGstreamer(), onFault });
const clients: { media: LightClientMedia; way: Way }[] = [];
if (setup.through === 'fleet') {
  for (const ticket of setup.tickets) {
    const media = createClient();
    clients.push({ media, way: await createFleetWay({ media, onFault, url: setup.url, ticket }) });
  }
} else {
  for (const feed of setup.feeds) {
    const media = createClient();
    clients.push({ media, way: await createJanusWay({ media, onFault, ...setup, feed }) });
  }
}

function clientOf(index: number) {
  const client = clients[index];
  if (!client) throw new Error(`there is no client ${index}`);
  return client;
}

async function join(index: number): Promise<void> {
  const { media, way } = clientOf(index);
  const startedMs = performance.now();
  way.join();
  while (media.received().streams.every(({ packets }) => packets === 0)) await sleep(lookEveryMs);
  send({ report: 'firstPacket', client: index, afterMs: performance.now() - startedMs });
}

async function carryOut(given: Order): Promise<void> {
  switch (given.order) {
    case 'join':
      return join(given.client);
    case 'speak':
      return clientOf(given.client).media.speak(given.isSpeaking);
    case 'say':
      return clientOf(given.client).way.say(given.message);
    case 'count':
      return send({ report: 'counted', receptions: clients.map(({ media }) => media.received()) });
    case 'leave':
      await Promise.all(clients.map(({ way }) => way.leave()));
      return send({ report: 'left' });
  }
}

process.on('message', (given) => {
  carryOut(order.parse(given)).catch((error: unknown) => onFault(String(error)));
});
process.once('disconnect', () => process.exit(0));
send({ report: 'ready' });
