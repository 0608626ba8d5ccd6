import type { CalleeKind } from '@anteroom/shared/meeting/callees.ts';
import { calleeIcons } from '@anteroom/ui/marks/callee-icons.ts';

export function KindIcon({ kind }: { kind: CalleeKind }) {
  const Icon = calleeIcons[kind];
  return <Icon size={18} stroke={1.75} aria-hidden="true" />;
}
