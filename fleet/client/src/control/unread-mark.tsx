import { controlTexts } from './locales/texts.ts';

/** How many messages were not read; nothing when all were. */
export function UnreadMark({ count }: { count: number }) {
  const text = controlTexts.useText();
  if (count === 0) return null;
  return (
    <span className="unread tabular">
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className="visually-hidden">{text('chat.unread', { count })}</span>
    </span>
  );
}
