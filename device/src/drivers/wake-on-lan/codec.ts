/**
 * The magic packet (AMD, "Magic Packet Technology"): six bytes FF, then the address of the network card sixteen times; a
 * card with a SecureOn password wants that after it.
 */
export const macPattern = /^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/i;

const bytesOf = (address: string): number[] => address.split(/[:-]/).map((pair) => Number.parseInt(pair, 16));

export function magicPacket(mac: string, secureOn: string | null): Uint8Array {
  if (!macPattern.test(mac)) throw new Error(`not the address of a network card: ${mac}`);
  const password = secureOn === null ? [] : bytesOf(secureOn);
  return Uint8Array.from([
    ...Array(6).fill(0xff),
    ...Array.from({ length: 16 }, () => bytesOf(mac)).flat(),
    ...password,
  ]);
}
