import type { DeviceRow, PanelDevice, PanelDevices } from '@anteroom/shared/panel/devices.ts';

/** The devices beside a terminal for the panel's tests, all told from one instant. */
export function createDeviceFixtures(now: Date): PanelDevices {
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000).toISOString();
  const answered = (value: string | number | boolean, secondsAgo: number): DeviceRow['reading'] => ({
    ...{ value, observedAt: ago(secondsAgo), source: 'answer' },
  });
  const reported = (value: string | number | boolean, secondsAgo: number): DeviceRow['reading'] => ({
    ...{ value, observedAt: ago(secondsAgo), source: 'report' },
  });
  const row = (kind: DeviceRow['property']['kind'], of: string | null, over: Partial<DeviceRow>): DeviceRow => ({
    ...{ property: { kind, of }, reading: null, wish: null, choice: null },
    ...over,
  });
  const fraction = { kind: 'range', least: 0, most: 1, step: 0.01 } as const;

  const display: PanelDevice = {
    ...{ name: 'display', kind: 'display', address: 'serial:/dev/ttyUSB0', isConnected: true, askEveryMs: 15_000 },
    title: { en: 'Samsung QB55 display', 'zh-CN': '三星 QB55 显示屏' },
    ...{ identity: 'QB55R, version 1012.4', fault: null },
    rows: [
      row('power', null, {
        reading: answered('standby', 6),
        wish: { value: 'on', reason: 'meetingSoon' },
        choice: { kind: 'oneOf', values: ['on', 'standby'] },
      }),
      row('input', null, {
        reading: answered('hdmi1', 6),
        wish: { value: 'hdmi1', reason: 'meetingSoon' },
        choice: { kind: 'oneOf', values: ['hdmi1', 'hdmi2', 'displayPort'] },
      }),
      row('volume', null, { reading: answered(0.35, 6), choice: fraction }),
      row('blank', null, { reading: answered(false, 6), choice: { kind: 'switch' } }),
      row('ailments', null, { reading: answered('', 6) }),
    ],
  };
  const camera: PanelDevice = {
    ...{ name: 'camera', kind: 'camera', address: 'udp:192.0.2.14', isConnected: false, askEveryMs: 15_000 },
    title: { en: 'Sony SRG-A40 camera', 'zh-CN': '索尼 SRG-A40 摄像机' },
    identity: 'Sony SRG-A40, 1.04',
    fault: {
      ...{ kind: 'no_answer', since: ago(540) },
      detail: 'camera udp:192.0.2.14:52381: no ACK to inquiry powerState in 2000 ms',
    },
    rows: [
      row('power', null, { reading: answered('on', 570), choice: { kind: 'oneOf', values: ['on', 'standby'] } }),
      row('preset', null, {
        wish: { value: 2, reason: 'layout' },
        choice: { kind: 'oneOf', values: Array.from({ length: 16 }, (_, index) => index + 1) },
      }),
      row('pan', null, { reading: answered(-12.5, 570) }),
      row('tilt', null, { reading: answered(4, 570) }),
      row('zoom', null, { reading: answered(0.42, 570), choice: fraction }),
    ],
  };
  const microphones: PanelDevice = {
    ...{
      name: 'microphones',
      kind: 'audioProcessor',
      address: 'tcp:192.0.2.20',
      isConnected: true,
      askEveryMs: 30_000,
    },
    title: { en: 'Q-SYS Core 110f sound processor', 'zh-CN': 'Q-SYS Core 110f 音频处理器' },
    ...{ identity: 'Core 110f, design “Cedar”', fault: null },
    rows: [
      row('mute', 'microphones', {
        reading: reported(true, 2),
        wish: { value: true, reason: 'microphoneClosed' },
        choice: { kind: 'switch' },
      }),
      row('gain', 'microphones', {
        reading: answered(-6, 21),
        wish: { value: -6, reason: 'byHand' },
        choice: { kind: 'range', least: -100, most: 20, step: 0.5 },
      }),
      row('ailments', null, { reading: answered('Dante clock lost', 21) }),
    ],
  };
  const roomIo: PanelDevice = {
    ...{ name: 'door', kind: 'roomIo', address: 'gpio:gpiochip0', isConnected: true, askEveryMs: null },
    title: { en: 'Lamp, door sign and partition', 'zh-CN': '指示灯、门牌与隔断' },
    ...{ identity: null, fault: null },
    rows: [
      row('output', 'mute lamp', {
        reading: answered(true, 4_000),
        wish: { value: true, reason: 'microphoneClosed' },
        choice: { kind: 'switch' },
      }),
      row('contact', 'partition', { reading: reported(true, 9_000) }),
    ],
  };
  const presence: PanelDevice = {
    ...{
      name: 'presence',
      kind: 'presenceSensor',
      address: 'serial:/dev/ttyUSB1',
      isConnected: true,
      askEveryMs: 10_000,
    },
    title: { en: 'Presence sensor', 'zh-CN': '人体感应器' },
    ...{ identity: 'LD2410, 2.04', fault: null },
    rows: [row('occupancy', null, { reading: reported(true, 45) }), row('people', null, { reading: reported(3, 45) })],
  };
  return { serverTime: now.toISOString(), language: 'en', devices: [display, camera, microphones, roomIo, presence] };
}
