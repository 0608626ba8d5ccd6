import type { AuditEntry } from '@anteroom/shared/api/audit.ts';
import { auditSentence } from '@anteroom/shared/audit/sentences.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { EmptyState } from '@anteroom/ui/text/empty-state.tsx';
import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { z } from 'zod';
import type { auditSearch } from '../../app/address.ts';
import { useApp } from '../../app/app-context.ts';
import { readerZone, useWhen } from '../../app/use-when.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { ListPage } from '../../components/list-page.tsx';
import { texts } from '../../locales/texts.ts';
import './trails.css';

type Search = z.infer<typeof auditSearch>;

const route = getRouteApi('/signedIn/audit');
const groups = [
  'session.',
  'account.',
  'person.',
  'invitation.',
  'department.',
  'organization.',
  'space.',
  'room.',
  'terminal.',
  'meeting.',
  'order.',
] as const;
const dayMs = 86_400_000;

/** Midnight of a day in the reader's zone, as an instant. */
function startOf(date: string, plusMs = 0): string {
  return new Date(new Date(`${date}T00:00:00`).getTime() + plusMs).toISOString();
}

/** Who did what, when: each entry a sentence. */
export function AuditPage() {
  const text = texts.useText();
  const { queries } = useApp();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/audit' });
  const { q, cursor, action, since, until } = search;
  const result = useQuery(
    queries.audit({
      search: q,
      cursor,
      action,
      from: since && startOf(since),
      // The last day is whole.
      to: until && startOf(until, dayMs),
    }),
  );
  const filter = (fields: Partial<Search>) =>
    navigate({ search: { ...search, ...fields, cursor: undefined, from: undefined } });
  return (
    <ListPage
      title={text('audit.title')}
      count={(count) => text('audit.count', { count })}
      action={null}
      searchLabel={text('audit.search')}
      search={search}
      onSearch={(next) => navigate({ search: { ...search, ...next } })}
      result={result}
      tabs={
        <>
          <Verdict />
          <Filters search={search} onFilter={filter} />
        </>
      }
      empty={<EmptyState title={text('audit.empty')} next={text('audit.emptyNext')} />}
    >
      {(items) => (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{text('audit.what')}</th>
              <th scope="col">{text('audit.time')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((entry) => (
              <EntryRow key={entry.seq} entry={entry} />
            ))}
          </tbody>
        </table>
      )}
    </ListPage>
  );
}

function EntryRow({ entry }: { entry: AuditEntry }) {
  const text = texts.useText();
  const { language } = useLanguage();
  const { stamp } = useWhen();
  const who = entry.actor ? (entry.actor.name ?? text('audit.deletedAccount')) : text('audit.nobody');
  const what = entry.subjectName ?? text('audit.something');
  return (
    <tr>
      <td data-phone="line">{auditSentence({ action: entry.action, who, what }, language)}</td>
      <td className="tabular" data-phone="end">
        <time dateTime={entry.at} title={`${entry.at} (${readerZone})`}>
          {stamp(entry.at)}
        </time>
      </td>
    </tr>
  );
}

function Filters({ search, onFilter }: { search: Search; onFilter: (fields: Partial<Search>) => void }) {
  const text = texts.useText();
  return (
    <div className="trail-filters">
      <NativeSelect
        label={text('audit.action')}
        value={search.action ?? ''}
        onChange={(event) => onFilter({ action: event.target.value || undefined })}
        data={[
          { value: '', label: text('audit.any') },
          ...groups.map((group) => ({ value: group, label: text(`audit.group.${group}`) })),
        ]}
      />
      <TextInput
        type="date"
        label={text('audit.from')}
        value={search.since ?? ''}
        onChange={(event) => onFilter({ since: event.target.value || undefined })}
      />
      <TextInput
        type="date"
        label={text('audit.until')}
        value={search.until ?? ''}
        onChange={(event) => onFilter({ until: event.target.value || undefined })}
      />
    </div>
  );
}

/** Whether the chain of entries is whole, checked now. */
function Verdict() {
  const text = texts.useText();
  const { queries } = useApp();
  const { data: verdict, error } = useQuery(queries.auditVerdict());
  if (error) return <FaultNote error={error} />;
  if (!verdict) return null;
  if (verdict.ok) return <p className="t2 trail-verdict">{text('audit.whole', { count: verdict.entries })}</p>;
  return (
    <p className="note trail-verdict" data-kind="fault" role="alert">
      {text('audit.broken', { seq: verdict.seq, fault: verdict.fault })}
    </p>
  );
}
