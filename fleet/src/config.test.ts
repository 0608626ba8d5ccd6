import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

describe('configuration', () => {
  it('has defaults for everything', () => {
    const config = readConfig([], {});
    expect(config).toMatchObject({
      host: '127.0.0.1',
      ports: { http: 8080, terminal: 8443, mqtt: 8883 },
      seedsDemo: false,
    });
    expect([...config.roles]).toEqual(['api', 'link', 'signal']);
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('takes arguments before the environment', () => {
    const environment = {
      ANTEROOM_HTTP_PORT: '1',
      ANTEROOM_MQTT_PORT: '2',
      ANTEROOM_SEED_DEMO: '1',
      ANTEROOM_ROLES: 'link',
    };
    const config = readConfig(['--http-port', '3', '--roles=api,signal'], environment);
    expect(config).toMatchObject({ ports: { http: 3, mqtt: 2 }, seedsDemo: true });
    expect([...config.roles]).toEqual(['api', 'signal']);
  });

  it('gives terminals an address that they can reach', () => {
    expect(readConfig(['--host', '10.1.2.3'], {}).terminalHost).toBe('10.1.2.3');
    expect(readConfig(['--host', '0.0.0.0'], {}).terminalHost).not.toBe('0.0.0.0');
    expect(readConfig(['--host', '0.0.0.0', '--terminal-host', 'fleet.test'], {}).terminalHost).toBe('fleet.test');
    expect(readConfig(['--public-url', 'https://fleet.test/'], {}).publicUrl).toBe('https://fleet.test');
  });

  it.each([
    [['--http-port', 'many'], '--http-port many'],
    [['--http-port', '65536'], '--http-port 65536'],
    [['--roles', 'api,cook'], '--roles api,cook'],
    [['--public-url', 'fleet.test'], '--public-url fleet.test'],
    [['--media-address', 'here'], '--media-address here'],
    [['--rtp-ports', '5000-5001'], '--rtp-ports 5000-5001'],
    [['--surprise'], '--surprise'],
  ])('refuses %s', (args, named) => {
    expect(() => readConfig(args, {})).toThrow(ConfigError);
    expect(() => readConfig(args, {})).toThrow(named);
  });
});
