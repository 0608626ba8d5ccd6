import './wordmark.css';

/** The half-lit door and the name. */
export function Wordmark({ heightPx = 28 }: { heightPx?: number }) {
  return (
    <span className="wordmark">
      <svg width={heightPx} height={heightPx} viewBox="0 0 20 20" aria-hidden="true">
        <path d="M3.4 18.6V3.4c0-.8.6-1.4 1.4-1.4h5v16.6z" fill="var(--lamp)" />
        <path
          d="M3.4 18.6V3.4c0-.8.6-1.4 1.4-1.4h10.4c.8 0 1.4.6 1.4 1.4v15.2"
          fill="none"
          stroke="var(--text)"
          strokeWidth="1.7"
        />
        <path d="M9.8 2v16.6" stroke="var(--text)" strokeWidth="1.5" />
        <path d="M.9 18.6h18.2" stroke="var(--text)" strokeWidth="1.7" strokeLinecap="round" />
      </svg>
      <span>Anteroom</span>
    </span>
  );
}
