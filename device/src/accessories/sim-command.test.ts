import { describe, expect, test } from 'vitest';
import type { Mischief } from '../ports/mischief.ts';
import type { SimulatedDevice } from '../ports/simulated-device.ts';
import { misbehave } from './sim-command.ts';

/** Notes every trick that is asked of it, with what it was asked with. */
function stage(): { played: unknown[][]; device: SimulatedDevice; mischief: Mischief } {
  const played: unknown[][] = [];
  const note =
    (name: string) =>
    (...given: unknown[]): void =>
      void played.push([name, ...given]);
  return {
    played,
    device: {
      connect: () => ({ receive: () => undefined, end: () => undefined }),
      powerCycle: note('powerCycle'),
      setBusy: note('setBusy'),
      setLying: note('setLying'),
      contacts: { names: ['door'], set: note('setContact') },
      [Symbol.asyncDispose]: async () => undefined,
    },
    mischief: {
      drop: note('drop'),
      deafen: note('deafen'),
      hear: note('hear'),
      delay: note('delay'),
      split: note('split'),
      join: note('join'),
      garble: note('garble'),
      cutShort: note('cutShort'),
      pass: note('pass'),
    },
  };
}

describe('a line on standard input', () => {
  test.each([
    ['drop 3', ['drop', 3]],
    ['drop', ['drop', 1]],
    ['deafen', ['deafen']],
    ['hear', ['hear']],
    ['delay 0.5', ['delay', 500]],
    ['  split  ', ['split']],
    ['join 2', ['join', 2]],
    ['garble', ['garble', Uint8Array.of(0xf7, 0x00, 0x41, 0x0a)]],
    ['cut', ['cutShort']],
    ['power-cycle', ['powerCycle']],
    ['busy on', ['setBusy', true]],
    ['busy off', ['setBusy', false]],
    ['lie on', ['setLying', true]],
    ['contact door closed', ['setContact', 'door', true]],
    ['contact door open', ['setContact', 'door', false]],
  ])('“%s” makes the device misbehave', (line, trick) => {
    const { played, device, mischief } = stage();
    expect(misbehave(line, device, mischief)).toBeNull();
    expect(played).toEqual([trick]);
  });

  test.each([
    ['explode', '“explode” is nothing that a device can be told: drop, deafen, hear'],
    ['constructor', '“constructor” is nothing'],
    ['', '“” is nothing'],
    ['drop many', 'drop: “many” does not fit'],
    ['drop 0', 'drop: “0” does not fit'],
    ['delay 4000', 'delay: “4000” does not fit'],
    ['busy', 'busy: “” does not fit'],
    ['lie perhaps', 'lie: “perhaps” does not fit'],
    ['contact window closed', 'contact: “window closed” does not fit'],
    ['contact door ajar', 'contact: “door ajar” does not fit'],
  ])('“%s” is complained of, and nothing is done', (line, complaint) => {
    const { played, device, mischief } = stage();
    expect(misbehave(line, device, mischief)).toContain(complaint);
    expect(played).toEqual([]);
  });
});
