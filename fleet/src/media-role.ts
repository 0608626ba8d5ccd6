import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { ConfigError, type FleetConfig } from './config.ts';
import { createJanusProcess, defaultJanusExecutable } from './media-nodes/janus-process.ts';
import type { MediaNode } from './media-nodes/media-node.ts';

/** The media server of the signal role, as a child of this process. */
export async function startMediaNode(
  config: FleetConfig,
  { clock, log }: { clock: Clock; log: Logger },
): Promise<MediaNode> {
  const { dataDir, mediaAddress: address, rtpPorts } = config;
  if (address === null)
    throw new ConfigError(
      'This machine has only loopback addresses, which the media server cannot use. Add one (ip link add anteroom0 type dummy; ip addr add 10.213.0.1/32 dev anteroom0; ip link set anteroom0 up) or run without the signal role: --roles api,link',
    );
  return await createJanusProcess({ dataDir, address, rtpPorts, executable: defaultJanusExecutable, clock, log });
}
