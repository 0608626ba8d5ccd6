import { Agent, request } from 'node:https';

export type HttpsAnswer = { status: number; body: unknown };
export type ClientIdentity = { keyPem: string; certificate: string };

/** A terminal's HTTPS connection: pins the fleet's CA, shows a certificate when it has one, and keeps the connection. */
export type HttpsClient = Disposable & {
  call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<HttpsAnswer>;
};

export function createHttpsClient(options: { url: string; ca: string; identity?: ClientIdentity }): HttpsClient {
  const { url, ca, identity } = options;
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 1,
    ca,
    ...(identity ? { key: identity.keyPem, cert: identity.certificate } : {}),
  });
  return {
    call: (method, path, body) =>
      new Promise((resolve, reject) => {
        const headers = body === undefined ? {} : { 'content-type': 'application/json' };
        const outgoing = request(new URL(path, url), { agent, method, headers }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            resolve({ status: response.statusCode ?? 0, body: text === '' ? undefined : JSON.parse(text) });
          });
        });
        outgoing.on('error', reject);
        outgoing.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
      }),
    [Symbol.dispose]: () => agent.destroy(),
  };
}
