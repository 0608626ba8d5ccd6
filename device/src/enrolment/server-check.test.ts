import { expect, onTestFinished, test } from 'vitest';
import { openDoor } from './server-check.ts';
import { type SmallFleet, startSmallFleet } from './test/small-fleet.ts';

async function startFleet(): Promise<SmallFleet> {
  const fleet = await startSmallFleet();
  onTestFinished(() => fleet[Symbol.asyncDispose]());
  return fleet;
}

/** `opened`, or the fault that the server was refused for. */
async function knock(url: URL, caPem: string, at: Date | null): Promise<string> {
  try {
    const socket = await openDoor(url, { caPem, at, identity: null, signal: AbortSignal.timeout(5_000) });
    socket.destroy();
    return 'opened';
  } catch (cause) {
    return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  }
}

test('a server is judged by the given time, and by none where the time is asked for', async () => {
  const { url, caPem } = await startFleet();
  expect(await knock(url, caPem, new Date())).toBe('opened');
  expect(await knock(url, caPem, new Date('1970-01-01T00:00:10Z'))).toBe('CERT_NOT_YET_VALID');
  expect(await knock(url, caPem, new Date('2140-01-01T00:00:00Z'))).toBe('CERT_HAS_EXPIRED');
  expect(await knock(url, caPem, null)).toBe('opened');
});

test('a server of another CA, or under another name, is refused even where its time does not matter', async () => {
  const [ours, theirs] = await Promise.all([startFleet(), startFleet()]);
  expect(await knock(theirs.url, ours.caPem, null)).toMatch(/^(UNABLE_TO_|SELF_SIGNED_|CERT_SIGNATURE_)/);
  const otherName = new URL(`https://localhost:${ours.url.port}`);
  expect(await knock(otherName, ours.caPem, null)).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
});
