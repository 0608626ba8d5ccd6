import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { expect, it } from 'vitest';
import type { Display, DisplayCommand } from '../../ports/display.ts';
import { broadcastTo } from '../../transports/broadcast.ts';
import { magicPacket } from './codec.ts';
import { createWakingDisplay } from './driver.ts';

const { signal } = new AbortController();
const facts = { mac: '00:11:22:aa:bb:cc', secureOn: null, wakesWithinMs: 5_000 };

function createBench({ wakesAfter }: { wakesAfter: number }) {
  const clock = createManualClock();
  const packets: Uint8Array[] = [];
  const ran: DisplayCommand[] = [];
  const state = { isConnected: false, identity: null, power: null, input: null, volume: null } as const;
  const display: Display = {
    capabilities: () => ({ commands: ['setPower', 'setInput'], inputs: ['hdmi1'] }),
    state: () => ({
      ...state,
      isMuted: null,
      isBlank: null,
      ailments: null,
      isConnected: packets.length >= wakesAfter,
    }),
    subscribe: () => () => undefined,
    run: async (command) => void ran.push(command),
    refresh: async () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  };
  const broadcast = async (packet: Uint8Array) => void packets.push(packet);
  return { clock, packets, ran, waking: createWakingDisplay({ display, facts, broadcast, clock }) };
}

it('is six bytes FF and the address sixteen times', () => {
  const packet = Buffer.from(magicPacket('00:11:22:aa:bb:cc', null)).toString('hex');
  expect(packet).toBe(`${'ff'.repeat(6)}${'001122aabbcc'.repeat(16)}`);
  expect(magicPacket('00-11-22-AA-BB-CC', '01:02:03:04:05:06')).toHaveLength(108);
  expect(() => magicPacket('00:11', null)).toThrow('not the address');
});

it('wakes a display that sleeps, again and again, and then switches it on', async () => {
  const { clock, packets, ran, waking } = createBench({ wakesAfter: 3 });
  const running = waking.run({ kind: 'setPower', isOn: true }, { signal });
  for (let turn = 0; turn < 5; turn++) await clock.advance(1_000);
  await running;
  expect(packets).toHaveLength(3);
  expect(ran).toEqual([{ kind: 'setPower', isOn: true }]);
});

it('says that a display does not wake', async () => {
  const { clock, ran, waking } = createBench({ wakesAfter: 99 });
  const running = expect(waking.run({ kind: 'setPower', isOn: true }, { signal })).rejects.toMatchObject({
    fault: 'no_answer',
  });
  for (let turn = 0; turn < 7; turn++) await clock.advance(1_000);
  await running;
  expect(ran).toEqual([]);
});

it('wakes nobody to be switched off, or who is awake', async () => {
  const { packets, ran, waking } = createBench({ wakesAfter: 0 });
  await waking.run({ kind: 'setPower', isOn: false }, { signal });
  await waking.run({ kind: 'setPower', isOn: true }, { signal });
  expect([packets.length, ran.length]).toEqual([0, 2]);
});

it('arrives as one datagram', async () => {
  const card = createSocket('udp4');
  card.bind(0, '127.0.0.1');
  await once(card, 'listening');
  const heard = once(card, 'message');
  await broadcastTo({ address: '127.0.0.1', port: card.address().port })(magicPacket(facts.mac, null));
  expect((await heard)[0]).toHaveLength(102);
  card.close();
});
