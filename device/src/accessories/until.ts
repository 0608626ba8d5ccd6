import type { DeviceState } from '../ports/device.ts';
import type { OpenedAccessory } from './open-accessory.ts';

/** How long a device that answers may take to say who it is. */
const identityWithinMs = 1_500;

/** Rejects when the device does not answer before the signal. */
export async function untilItAnswers(accessory: OpenedAccessory, signal: AbortSignal): Promise<void> {
  await until(accessory, ({ isConnected }) => isConnected, signal);
}

/** Not every device says who it is. */
export async function untilItIsKnown(accessory: OpenedAccessory, signal: AbortSignal): Promise<string | null> {
  const soon = AbortSignal.any([signal, AbortSignal.timeout(identityWithinMs)]);
  await until(accessory, ({ identity }) => identity !== null, soon).catch(() => signal.throwIfAborted());
  return accessory.device.state().identity?.value ?? null;
}

/** Rejects when it is not so before the signal. */
export async function until(
  { device }: OpenedAccessory,
  isTrue: (state: DeviceState) => boolean,
  signal: AbortSignal,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const look = () => {
    if (isTrue(device.state())) resolve();
  };
  const end = device.subscribe(look);
  const give = () => reject(new Error('the device does not answer', { cause: signal.reason }));
  signal.addEventListener('abort', give);
  look();
  try {
    await promise;
  } finally {
    end();
    signal.removeEventListener('abort', give);
  }
}
