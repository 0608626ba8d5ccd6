import type { PanelDevices } from '@anteroom/shared/panel/devices.ts';
import { roomPlan } from '@anteroom/shared/profile/installation.ts';
import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { fastify } from 'fastify';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { createRoom } from '../room/room.ts';
import { passTime } from '../room/test/pass-time.ts';
import { simulateAccessory } from '../room/test/simulated-accessory.ts';
import { serveDevices } from './devices.ts';

/** The routes of a room with one display, with its real driver at a simulated device. */
async function start() {
  const clock = createManualClock();
  const display = await simulateAccessory('front', { profile: 'samsung-qb55', clock });
  const room = createRoom({
    ...{ accessories: [display.accessory], room: roomPlan.parse({}), clock, log: pino({ level: 'silent' }) },
  });
  const app = fastify();
  serveDevices(app, { room: room.panel, clock, language: () => 'en', headers: {} });
  onTestFinished(async () => {
    await app.close();
    await room[Symbol.asyncDispose]();
    await display[Symbol.asyncDispose]();
  });
  await passTime(clock, 2_000);
  return { app, clock, devices: (): PanelDevices => room.panel.devices() };
}

const power = { kind: 'power', of: null } as const;

test('what is touched on the device page becomes so', async () => {
  const { app, clock, devices } = await start();
  const rowOfPower = () => devices().devices[0]?.rows.find(({ property }) => property.kind === 'power');
  expect(rowOfPower()).toMatchObject({ reading: { value: 'on', source: 'answer' }, wish: null });
  const payload = { kind: 'set', device: 'front', property: power, value: 'standby' };
  const answer = await app.inject({ method: 'POST', url: '/api/devices/touches', payload });
  expect([answer.statusCode, answer.body]).toEqual([202, '']);
  await passTime(clock, 20_000);
  expect(rowOfPower()).toMatchObject({ reading: { value: 'standby' }, wish: { value: 'standby', reason: 'byHand' } });
});

test.each([
  ['a device that is not there', { kind: 'ask', device: 'rear' }, 409, 'This room has no such device'],
  [
    'what can only be read',
    { kind: 'set', device: 'front', property: { kind: 'ailments', of: null }, value: '' },
    409,
    'This can only be read',
  ],
  [
    'a value that it does not have',
    { kind: 'set', device: 'front', property: power, value: 'warmingUp' },
    409,
    'does not have this value',
  ],
  ['a touch that there is not', { kind: 'hit', device: 'front' }, 400, 'kind'],
])('%s is refused in words', async (_what, payload, status, words) => {
  const { app } = await start();
  const answer = await app.inject({ method: 'POST', url: '/api/devices/touches', payload });
  expect(answer.statusCode).toBe(status);
  expect(answer.json().detail).toContain(words);
});
