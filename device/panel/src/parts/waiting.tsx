import { Subject } from './subject.tsx';
import './waiting.css';

/** A headline for something under way: the words first, a turning ring beside them. */
export function Waiting({ children }: { children: string }) {
  return (
    <div role="status">
      <h1 className="title waiting">
        <Subject>{children}</Subject> <Ring />
      </h1>
    </div>
  );
}

/** The one thing that turns: progress without a known end. */
export function Ring() {
  return (
    <svg className="ring" viewBox="0 0 28 28" aria-hidden="true">
      <circle cx="14" cy="14" r="10" fill="none" stroke="currentColor" strokeOpacity=".25" strokeWidth="3" />
      <path d="M14 4a10 10 0 0 1 10 10" fill="none" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
    </svg>
  );
}
