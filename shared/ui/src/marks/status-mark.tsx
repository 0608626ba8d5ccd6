import { IconAlertTriangle, IconCheck, IconHelpCircle, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import './marks.css';

export type Status = 'working' | 'impaired' | 'fault' | 'unknown';

const icons = { working: IconCheck, impaired: IconAlertTriangle, fault: IconX, unknown: IconHelpCircle };

/** A state as shape and word; the word is the caller's, the shape and colour are the state's. */
export function StatusMark({ status, children }: { status: Status; children: ReactNode }) {
  const Icon = icons[status];
  return (
    <span className="status" data-status={status}>
      <Icon aria-hidden="true" size="1.3em" stroke={status === 'working' || status === 'fault' ? 2.2 : 1.75} />
      <span>{children}</span>
    </span>
  );
}
