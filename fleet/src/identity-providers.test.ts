import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anteroom-providers-'));
  file = join(folder, 'providers.yaml');
  await writeFile(join(folder, 'secret'), 'from the file\n');
});
afterAll(() => rm(folder, { recursive: true }));

const entry = `
providers:
  - id: campus
    name: { en: Campus account, zh-CN: 校园账号 }
    issuer: https://id.campus.test/realms/people
    clientId: anteroom
`;
async function read(yaml: string, environment: Record<string, string> = {}) {
  await writeFile(file, yaml);
  return readConfig(['--identity-providers', file], environment);
}
const inEnvironment = { ANTEROOM_IDENTITY_SECRET_CAMPUS: 'from the environment' };

describe('providers of the installation', () => {
  it('are none without a file', () => {
    expect(readConfig([], {}).identityProviders).toEqual([]);
  });

  it('have a secret from the environment or from a file of its own, which nothing prints', async () => {
    const fromEnvironment = await read(entry, inEnvironment);
    expect(fromEnvironment.identityProviders).toMatchObject([
      { id: 'campus', uses: ['signIn', 'billing'], clientAuthentication: 'client_secret_basic' },
    ]);
    expect(fromEnvironment.identityProviders[0]?.clientSecret.reveal()).toBe('from the environment');
    const fromFile = await read(`${entry}    clientSecretFile: secret\n    uses: [billing]\n`, inEnvironment);
    expect(fromFile.identityProviders[0]?.clientSecret.reveal()).toBe('from the file');
    expect(fromFile.identityProviders[0]?.uses).toEqual(['billing']);
    expect(JSON.stringify(fromFile)).not.toContain('from the file');
  });

  it.each([
    ['without a secret', entry, 'ANTEROOM_IDENTITY_SECRET_CAMPUS'],
    ['with a secret in the file itself', `${entry}    clientSecret: hush\n`, 'clientSecret'],
    ['by plain HTTP', entry.replace('https:', 'http:'), 'expected an https:// address'],
    ['with a name in one language', entry.replace(', zh-CN: 校园账号', ''), 'zh-CN'],
    ['twice', `${entry}${entry.replace('\nproviders:\n', '')}`, 'each id stands once'],
    ['with an id that no variable can have', entry.replace('campus', 'Campus!'), 'lower-case letters'],
    ['in no list', 'campus', 'providers.yaml'],
  ])('are refused %s, in words that repeat no secret', async (_how, yaml, words) => {
    await expect(read(yaml)).rejects.toThrow(ConfigError);
    await expect(read(yaml)).rejects.toThrow(words);
    await expect(read(yaml)).rejects.not.toThrow('hush');
  });

  it('may be on this machine without TLS', async () => {
    const local = entry.replace('https://id.campus.test', 'http://127.0.0.1:4000');
    expect((await read(local, inEnvironment)).identityProviders[0]?.issuer).toBe('http://127.0.0.1:4000/realms/people');
  });

  it('are not there when the file is not', () => {
    expect(() => readConfig(['--identity-providers', join(folder, 'none')], {})).toThrow(ConfigError);
  });
});
