import type { NetworkCause } from '@anteroom/shared/network/quality.ts';
import type { Text } from '@anteroom/ui/i18n/texts.ts';
import type { en } from './locales/en.ts';
import type { ShownNetwork } from './use-network.ts';

/** What the state of the network means to whoever is in the meeting, with the figure that says so. */
export function sayNetwork({ quality, state, ageS }: ShownNetwork, text: Text<typeof en>): string {
  const { cause, figures } = state;
  if (quality === 'unknown') return ageS === null ? text('what.never') : text('what.silent', { seconds: ageS });
  if (cause === null || figures === null) return text(quality === 'good' ? 'what.good' : 'what.recovering');
  switch (cause) {
    case 'sentLoss':
      return text('what.sentLoss', { percent: figures.sentLossPercent ?? 0 });
    case 'receivedLoss':
      return text('what.receivedLoss', { percent: figures.receivedLossPercent ?? 0 });
    case 'slow':
      return text('what.slow', { ms: figures.roundTripMs ?? 0 });
    case 'uneven':
      return text('what.uneven', { ms: figures.jitterMs ?? 0 });
    case 'narrow':
      return text('what.narrow', { kbps: figures.canSendKbps ?? 0 });
  }
}

export type Advice = 'network' | 'distance' | 'camera';

/** Who sends less needs less of the way out; what arrives late from far away is not mended by that. */
const adviceOf: Readonly<Record<NetworkCause, readonly Advice[]>> = {
  sentLoss: ['network', 'camera'],
  receivedLoss: ['network'],
  slow: ['distance'],
  uneven: ['network'],
  narrow: ['network', 'camera'],
};

/** What can be done now; nothing while all is well. */
export function adviceFor({ quality, state }: Pick<ShownNetwork, 'quality' | 'state'>): readonly Advice[] {
  if (quality === 'good') return [];
  return quality === 'unknown' || state.cause === null ? ['network'] : adviceOf[state.cause];
}
