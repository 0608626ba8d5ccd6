import { IconSearch } from '@tabler/icons-react';
import { controlTexts } from './locales/texts.ts';

/** Looks for somebody by name, and says how many there are. */
export function PersonSearch({
  typed,
  foundCount,
  onType,
}: {
  typed: string;
  foundCount: number;
  onType: (typed: string) => void;
}) {
  const text = controlTexts.useText();
  return (
    <div className="person-search">
      <IconSearch size={18} stroke={1.75} aria-hidden="true" />
      <input
        type="search"
        aria-label={text('people.search')}
        placeholder={text('people.search')}
        value={typed}
        onChange={(event) => onType(event.target.value)}
      />
      <span className="visually-hidden" role="status">
        {typed.trim() === ''
          ? ''
          : foundCount === 0
            ? text('people.none')
            : text('people.found', { count: foundCount })}
      </span>
    </div>
  );
}
