import type { NetworkInterfaceInfo } from 'node:os';

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/**
 * The address on which Janus offers media: the host's first address that another machine could reach, or null on a host
 * that has only loopback. Janus never gathers loopback candidates, so such a host needs the `anteroom0` dummy interface
 * of the set-up. IPv4 comes first, and addresses of real interfaces before those of bridges and tunnels.
 */
export function pickMediaAddress(interfaces: Interfaces): string | null {
  const candidates = Object.entries(interfaces).flatMap(([name, addresses]) =>
    (addresses ?? [])
      .filter((entry) => !entry.internal && !isLinkLocal(entry.address))
      .map((entry) => ({ address: entry.address, rank: rankOf(name, entry.family) })),
  );
  candidates.sort((a, b) => a.rank - b.rank);
  return candidates[0]?.address ?? null;
}

const virtualInterface = /^(anteroom|docker|br-|veth|virbr|cni|flannel|tun|tap|wg|zt|tailscale)/;

function rankOf(name: string, family: NetworkInterfaceInfo['family']): number {
  return (virtualInterface.test(name) ? 2 : 0) + (family === 'IPv4' ? 0 : 1);
}

// RFC 3927 and RFC 4291 2.5.6: valid on one link only, and an IPv6 one is useless without its zone.
function isLinkLocal(address: string): boolean {
  return address.startsWith('169.254.') || /^fe[89ab]/i.test(address);
}
