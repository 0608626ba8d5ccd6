import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { pageSize } from '../api/queries.ts';
import type { ListSearch } from '../app/address.ts';
import { texts } from '../locales/texts.ts';
import { FaultNote } from './fault-note.tsx';

type Page<T> = { items: T[]; nextCursor: string | null; total: number };

export type ListPageProps<T> = {
  title: string;
  count: (total: number) => string;
  action: ReactNode;
  searchLabel: string;
  search: ListSearch;
  onSearch: (search: ListSearch) => void;
  result: UseQueryResult<Page<T>>;
  tabs?: ReactNode;
  /** Shown when there is nothing at all: what to do next. */
  empty: ReactNode;
  children: (items: T[]) => ReactNode;
};

/** A list: heading with its count and main action, search, rows, paging; empty and failed states in words. */
export function ListPage<T>(props: ListPageProps<T>) {
  const { title, count, action, searchLabel, search, onSearch, result, tabs, empty, children } = props;
  const text = texts.useText();
  const page = result.data;
  return (
    <>
      <header className="page-head">
        <h1>{title}</h1>
        <span className="page-count tabular">{page ? count(page.total) : ''}</span>
        <span className="grow" />
        {action}
      </header>
      {tabs}
      <SearchField
        label={searchLabel}
        value={search.q ?? ''}
        onSearch={(q) => onSearch({ q: q || undefined, cursor: undefined, from: undefined })}
      />
      <FaultNote error={result.error} onRetry={() => result.refetch()} />
      {result.isPending && !result.error ? <p className="t2">{text('list.loading')}</p> : null}
      {page && page.items.length === 0 ? (
        search.q ? (
          <p className="t2 list-none">{text('list.noMatch', { words: search.q })}</p>
        ) : (
          empty
        )
      ) : null}
      {page && page.items.length > 0 ? (
        <>
          {children(page.items)}
          <Pager page={page} search={search} onSearch={onSearch} />
        </>
      ) : null}
    </>
  );
}

function Pager<T>({
  page,
  search,
  onSearch,
}: {
  page: Page<T>;
  search: ListSearch;
  onSearch: (search: ListSearch) => void;
}) {
  const text = texts.useText();
  const from = search.from ?? 1;
  const to = from + page.items.length - 1;
  return (
    <nav className="pager" aria-label={text('list.pages')}>
      <span className="t2 tabular">
        {text('list.range', { range: from === to ? from : `${from}–${to}`, total: page.total })}
      </span>
      <span className="grow" />
      {search.cursor ? (
        <button
          type="button"
          className="link"
          onClick={() => onSearch({ ...search, cursor: undefined, from: undefined })}
        >
          {text('list.first')}
        </button>
      ) : null}
      {page.nextCursor ? (
        <button
          type="button"
          className="link"
          onClick={() => onSearch({ ...search, cursor: page.nextCursor ?? undefined, from: from + pageSize })}
        >
          {text('list.next')}
        </button>
      ) : null}
    </nav>
  );
}

const settleMs = 250;

/** Writes what was typed to the address when typing rests, or at once on Enter. */
function SearchField({ label, value, onSearch }: { label: string; value: string; onSearch: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  const [shown, setShown] = useState(value);
  if (value !== shown) {
    // The address changed under the field: back, forward, or a link.
    setShown(value);
    setTyped(value);
  }
  const wanted = typed.trim();
  useEffect(() => {
    if (wanted === value) return;
    const timer = setTimeout(() => onSearch(wanted), settleMs);
    return () => clearTimeout(timer);
  });
  return (
    <search>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSearch(wanted);
        }}
      >
        <TextInput
          type="search"
          className="find"
          aria-label={label}
          placeholder={label}
          value={typed}
          maxLength={100}
          leftSection={<IconSearch size={16} stroke={1.75} aria-hidden="true" />}
          onChange={(event) => setTyped(event.target.value)}
        />
      </form>
    </search>
  );
}
