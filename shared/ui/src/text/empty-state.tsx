import type { ReactNode } from 'react';
import './text.css';

/** An empty list: what is so, what to do next, and the control that does it. */
export function EmptyState({ title, next, action }: { title: string; next: string; action?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      <p className="empty-next">{next}</p>
      {action !== undefined && <div className="empty-action">{action}</div>}
    </div>
  );
}
