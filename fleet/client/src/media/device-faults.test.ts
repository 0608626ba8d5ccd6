import { describe, expect, it } from 'vitest';
import { faultOf, faultOfLoss } from './device-faults.ts';

describe('a device that does not open', () => {
  it.each([
    ['NotAllowedError', 'Permission denied', 'denied'],
    ['NotAllowedError', 'Permission denied by system', 'deniedBySystem'],
    ['SecurityError', '', 'denied'],
    ['NotReadableError', 'Could not start video source', 'busy'],
    ['AbortError', '', 'busy'],
    ['NotFoundError', '', 'missing'],
    ['OverconstrainedError', '', 'missing'],
  ] as const)('%s (%s) is %s', (name, message, fault) => {
    expect(faultOf(new DOMException(message, name))).toBe(fault);
  });
});

describe('a device that ends by itself', () => {
  const device = (deviceId: string, label: string) => ({ deviceId, label }) as MediaDeviceInfo;
  it.each([
    ['is unplugged when others are left', [device('b', 'Built-in')], 'unplugged'],
    ['is unplugged when none is left', [], 'unplugged'],
    ['is denied when the browser tells no names any more', [device('', '')], 'denied'],
    ['is denied when it is still there', [device('a', 'USB headset'), device('b', 'Built-in')], 'denied'],
  ] as const)('%s', (_title, present, fault) => {
    expect(faultOfLoss('a', present)).toBe(fault);
  });
});
