import { createServer } from 'node:net';

/** A port that nothing holds now, for programs that must come back on the same one after they were killed. */
export function pickFreePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error(`no TCP address on ${host}`));
        else resolve(address.port);
      });
    });
  });
}
