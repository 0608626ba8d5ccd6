import { expect, test } from 'vitest';
import { renderJanusConfig } from './janus-config.ts';

const settings = {
  configFolder: '/run/janus',
  address: '192.0.2.2',
  rtpPorts: { min: 20_000, max: 20_999 },
  apiPort: 4001,
  adminPort: 4002,
  apiSecret: 'with "quotes" and \\',
  adminSecret: 'b',
  roomAdminKey: 'c',
};

test('listens on loopback alone, asks for secrets, and offers one address', () => {
  const files = renderJanusConfig(settings);
  const websockets = files['janus.transport.websockets.jcfg'] ?? '';
  expect(websockets.match(/_ip = "127\.0\.0\.1"/g)).toHaveLength(2);
  expect(websockets).toContain('ws_port = 4001');
  const main = files['janus.jcfg'] ?? '';
  expect(main).toContain('ice_enforce_list = "192.0.2.2"');
  expect(main).toContain('rtp_port_range = "20000-20999"');
  expect(main).toContain('api_secret = "with \\"quotes\\" and \\\\"');
  expect(files['janus.plugin.videoroom.jcfg']).toContain('admin_key = "c"');
});

test('loads one plugin and one transport', () => {
  const main = renderJanusConfig(settings)['janus.jcfg'] ?? '';
  expect(main).not.toContain('videoroom');
  expect(main).not.toContain('websockets');
  for (const unused of ['streaming', 'recordplay', 'sip', 'http', 'pfunix'])
    expect(main).toContain(`libjanus_${unused}.so`);
});
