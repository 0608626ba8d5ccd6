import type { Clock } from '@anteroom/shared/time/clock.ts';

/** What goes wrong between a device and its line. Each thing happens to what the device says next, then no more. */
export interface Mischief {
  /** The next `count` replies never come. */
  drop(count: number): void;
  /** Nothing comes any more until `hear`. */
  deafen(): void;
  hear(): void;
  /** The next reply comes late. */
  delay(byMs: number): void;
  /** The next reply comes byte by byte. */
  split(): void;
  /** The next `count` replies come in one piece, with the last of them. */
  join(count: number): void;
  /** Bytes that mean nothing come before the next reply. */
  garble(noise: Uint8Array): void;
  /** Only the first half of the next reply comes. */
  cutShort(): void;
  /** What the device says comes out here as the line has it. */
  pass(bytes: Uint8Array, deliver: (bytes: Uint8Array) => void): void;
}

type Trick = (bytes: Uint8Array, deliver: (bytes: Uint8Array) => void) => void;

export function createMischief({ clock, signal }: { clock: Clock; signal: AbortSignal }): Mischief {
  const tricks: Trick[] = [];
  const joined: Uint8Array[] = [];
  let isDeaf = false;

  return {
    drop(count) {
      for (let index = 0; index < count; index++) tricks.push(() => undefined);
    },
    deafen() {
      isDeaf = true;
    },
    hear() {
      isDeaf = false;
    },
    delay(byMs) {
      tricks.push((bytes, deliver) => {
        clock.sleep(byMs, { signal }).then(
          () => deliver(bytes),
          () => undefined, // The line ended first.
        );
      });
    },
    split() {
      tricks.push((bytes, deliver) => {
        for (const byte of bytes) deliver(Uint8Array.of(byte));
      });
    },
    join(count) {
      for (let index = 1; index < count; index++) tricks.push((bytes) => void joined.push(bytes));
      tricks.push((bytes, deliver) =>
        deliver(Uint8Array.from([...joined.splice(0), bytes].flatMap((each) => [...each]))),
      );
    },
    garble(noise) {
      tricks.push((bytes, deliver) => deliver(Uint8Array.from([...noise, ...bytes])));
    },
    cutShort() {
      tricks.push((bytes, deliver) => deliver(bytes.subarray(0, Math.floor(bytes.length / 2))));
    },
    pass(bytes, deliver) {
      if (isDeaf) return;
      const trick = tricks.shift();
      if (trick) trick(bytes, deliver);
      else deliver(bytes);
    },
  };
}
