import { z } from 'zod';

const storageKey = 'anteroom.devices';
const remembered = z.object({
  microphone: z.string().optional(),
  camera: z.string().optional(),
  speaker: z.string().optional(),
});
export type RememberedDevices = z.infer<typeof remembered>;

/** Which devices somebody chose in this browser, by the ids that it gives them for this address. */
export interface DeviceMemory {
  read(): RememberedDevices;
  remember(kind: keyof RememberedDevices, deviceId: string): void;
}

export function createDeviceMemory(storage: Pick<Storage, 'getItem' | 'setItem'>): DeviceMemory {
  function read(): RememberedDevices {
    const parsed = remembered.safeParse(parseJson(storage.getItem(storageKey)));
    return parsed.success ? parsed.data : {};
  }
  return {
    read,
    remember: (kind, deviceId) => storage.setItem(storageKey, JSON.stringify({ ...read(), [kind]: deviceId })),
  };
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '{}');
  } catch {
    return null; // Written by something else: nothing is remembered.
  }
}
