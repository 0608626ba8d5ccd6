import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { signatureOf } from '../../fleet/src/delivery/webhook-sms.ts';
import { eventually } from './eventually.ts';

const sms = z.object({ id: z.string(), to: z.string(), text: z.string() });

/** An SMS gateway behind the fleet's webhook: what people's phones get. It refuses what the fleet did not sign. */
export type SmsGateway = AsyncDisposable & {
  fleetArgs: string[];
  /** The first message to `phone` that matches and was not taken yet. */
  take(phone: string, pattern: RegExp): Promise<RegExpExecArray>;
};

export async function startSmsGateway(): Promise<SmsGateway> {
  const secret = 'what gateway and fleet know alone';
  const inbox: z.infer<typeof sms>[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const timestamp = String(request.headers['x-anteroom-timestamp']);
    const isSigned = request.headers['x-anteroom-signature'] === `v1=${signatureOf(secret, timestamp, body)}`;
    const message = sms.safeParse(JSON.parse(body));
    if (isSigned && message.success) inbox.push(message.data);
    response.writeHead(isSigned && message.success ? 204 : 400).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // An address of a server that listens on a port is this object.
  const { port } = server.address() as AddressInfo;
  return {
    fleetArgs: ['--sms-webhook-url', `http://127.0.0.1:${port}/sms`, '--sms-webhook-secret', secret],
    async take(phone, pattern) {
      const find = () => inbox.findIndex((each) => each.to === phone && pattern.test(each.text));
      const index = await eventually(`an SMS to ${phone} with ${pattern}`, 10_000, find, (found) => found >= 0);
      const [message] = inbox.splice(index, 1);
      const match = pattern.exec(message?.text ?? '');
      if (!match) throw new Error('unreachable: it matched when it was found');
      return match;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
