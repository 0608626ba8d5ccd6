import type { NetworkInterfaceInfo } from 'node:os';
import { expect, test } from 'vitest';
import { pickMediaAddress } from './media-address.ts';

function entry(address: string, internal = false): NetworkInterfaceInfo {
  const common = { address, netmask: '', mac: '00:00:00:00:00:00', internal, cidr: null };
  return address.includes(':') ? { ...common, family: 'IPv6', scopeid: 0 } : { ...common, family: 'IPv4' };
}
const lo = [entry('127.0.0.1', true), entry('::1', true)];

test.each([
  ['the first real address', { lo, eth0: [entry('192.0.2.2')], eth1: [entry('192.0.2.9')] }, '192.0.2.2'],
  ['IPv4 before IPv6', { lo, eth0: [entry('2001:db8::2'), entry('192.0.2.2')] }, '192.0.2.2'],
  ['IPv6 when there is nothing else', { lo, eth0: [entry('fe80::1'), entry('2001:db8::2')] }, '2001:db8::2'],
  ['a real interface before a bridge', { lo, docker0: [entry('172.17.0.1')], eth0: [entry('192.0.2.2')] }, '192.0.2.2'],
  ['the dummy of the set-up', { lo, anteroom0: [entry('10.99.0.1')] }, '10.99.0.1'],
  ['nothing that is only valid on one link', { lo, eth0: [entry('169.254.3.4'), entry('fe80::1')] }, null],
  ['nothing on a host that has only loopback', { lo }, null],
])('%s', (_what, interfaces, address) => {
  expect(pickMediaAddress(interfaces)).toBe(address);
});
