import type { OrderLine } from '@anteroom/shared/api/orders.ts';
import { texts } from '../../locales/texts.ts';

/** What an order gives, in one line of words. */
export function useLineWords(): (lines: readonly OrderLine[]) => string {
  const text = texts.useText();
  return (lines) =>
    lines
      .map(({ kind, quantity, capacity }) => text(`orders.line.${kind}`, { quantity, capacity: capacity ?? 0 }))
      .join(', ');
}
