import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';

const needed = ['--data', 'd', '--fleet', 'https://fleet.example:8443', '--fleet-ca', 'ca.pem'];

test('what is not given has its default', () => {
  expect(parseConfig(needed, {})).toMatchObject({
    ok: true,
    config: {
      ...{ data: resolve('d'), 'fleet-ca': resolve('ca.pem'), profile: 'simulated', 'panel-host': '127.0.0.1' },
      ...{ 'panel-port': 0, camera: null, display: null, 'no-media': false, cold: false, serial: null },
    },
  });
});

test('an option wins over the environment, and the environment over the default', () => {
  const environment = { ANTEROOM_PANEL_PORT: '8090', ANTEROOM_PROFILE: 'generic-usb', ANTEROOM_SERIAL: '' };
  const parsed = parseConfig([...needed, '--profile', 'simulated'], environment);
  expect(parsed).toMatchObject({ config: { profile: 'simulated', 'panel-port': 8090, serial: null } });
});

test.each<[string, string[], unknown]>([
  ['a display', ['--display', 'x11::1'], { display: { display: ':1' } }],
  ['the display of the environment', ['--display', 'x11'], { display: { display: null } }],
  ['no spare', ['--cold'], { cold: true }],
])('%s', (_what, args, expected) => {
  expect(parseConfig([...needed, ...args], {})).toMatchObject({ ok: true, config: expected });
});

test.each<[string, string[], string]>([
  ['nothing given', [], '--data is missing'],
  ['fleet without encryption', [...needed, '--fleet', 'http://fleet.example'], '--fleet: expected https://host:port'],
  ['a port out of range', [...needed, '--panel-port', '70000'], '--panel-port: '],
  ['an unknown display', [...needed, '--display', 'vga'], '--display: expected x11'],
  ['an unknown option', [...needed, '--colour', 'red'], '--colour'],
])('%s is named', (_what, args, fault) => {
  const parsed = parseConfig(args, {});
  expect(parsed).toMatchObject({ ok: false, isHelpAsked: false });
  expect(JSON.stringify(parsed)).toContain(fault);
});

test('help comes before faults', () => {
  expect(parseConfig(['--help'], {})).toEqual({ ok: false, isHelpAsked: true });
});
