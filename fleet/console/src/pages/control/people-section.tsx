import type { LiveView } from '@anteroom/shared/signalling/live.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { EmptyState } from '@anteroom/ui/text/empty-state.tsx';
import { Button, TextInput } from '@mantine/core';
import { IconMicrophone, IconMicrophoneOff, IconSearch } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';
import { rowsOf, type Show, shows } from './people-filter.ts';
import { PeopleTable } from './people-table.tsx';
import { type Asked, MuteEverybody, PersonQuestion } from './questions.tsx';
import type { Control } from './use-control.ts';

const route = getRouteApi('/signedIn/meetings/$meetingId/control');
const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const;

/** Everybody in the meeting, found by name or by what they are, and what is done to all of them at once. */
export function PeopleSection({ view, control }: { view: LiveView; control: Control }) {
  const text = texts.useText();
  const search = route.useSearch();
  const [asked, setAsked] = useState<Asked | 'muteAll' | null>(null);
  const { controls, roster } = view;
  const [typed, setTyped] = useTypedSearch(search.q ?? '');
  const { show } = search;
  const rows = useMemo(() => rowsOf(roster, { q: typed, show }), [roster, typed, show]);
  const { forget } = control;
  const ask = useCallback(
    (next: Asked | 'muteAll' | null) => {
      forget();
      setAsked(next);
    },
    [forget],
  );
  const isQuestion = asked !== null && (asked === 'muteAll' || asked.kind !== 'asked');
  return (
    <section aria-labelledby="people">
      <div className="section-head people-head">
        <h2 id="people">{text('control.people.inMeeting')}</h2>
        <span className="t3 tabular">{roster.length}</span>
        <span className="grow" />
        <Button
          variant="subtle"
          size="compact-sm"
          color="gray"
          leftSection={<IconMicrophoneOff {...icon} />}
          onClick={() => ask('muteAll')}
          disabled={roster.length === 0}
        >
          {text('control.everybody.mute')}
        </Button>
        <Button
          variant="subtle"
          size="compact-sm"
          color="gray"
          leftSection={<IconMicrophone {...icon} />}
          onClick={() => control.act({ kind: 'unmuteAll' })}
          disabled={roster.length === 0}
        >
          {text('control.everybody.unmute')}
        </Button>
      </div>
      {controls?.isMutedOnEntry ? (
        <p className="people-muted t2">
          {text(controls.canUnmute ? 'control.everybody.isMuted' : 'control.everybody.isMutedFast')}
        </p>
      ) : null}
      {roster.length === 0 ? null : (
        <div className="people-finding">
          <FindField typed={typed} onType={setTyped} foundCount={rows.length} />
          <Parts roster={roster} current={show} />
        </div>
      )}
      <p role="status" className="people-said t2">
        {asked !== null && asked !== 'muteAll' && asked.kind === 'asked'
          ? text('control.people.asked', { name: asked.entry.name })
          : ''}
      </p>
      {isQuestion ? null : <FaultNote error={control.error} />}
      {roster.length === 0 ? (
        <EmptyState title={text('control.people.none')} next={text('control.people.noneNext')} />
      ) : rows.length === 0 ? (
        <p className="list-none t2">
          {text('control.people.noMatch')}{' '}
          <Link from="/meetings/$meetingId/control" to="." search={{}} className="link">
            {text('control.people.showEverybody')}
          </Link>
        </p>
      ) : controls ? (
        <PeopleTable
          rows={rows}
          sharedBy={view.content?.participantId ?? null}
          controls={controls}
          onAct={control.act}
          onAsk={ask}
        />
      ) : null}
      {asked === 'muteAll' ? <MuteEverybody control={control} onClose={() => ask(null)} /> : null}
      {asked !== null && asked !== 'muteAll' ? (
        <PersonQuestion asked={asked} control={control} onClose={() => ask(null)} />
      ) : null}
    </section>
  );
}

const settleMs = 250;

/** What is typed finds at once; the address follows when typing rests. */
function useTypedSearch(q: string): [string, (typed: string) => void] {
  const navigate = useNavigate({ from: '/meetings/$meetingId/control' });
  const [typed, setTyped] = useState(q);
  const [shown, setShown] = useState(q);
  if (q !== shown) {
    // The address changed under the field: back, forward, or a link.
    setShown(q);
    setTyped(q);
  }
  useEffect(() => {
    if (typed === q) return;
    const write = () =>
      navigate({ search: (before) => ({ ...before, q: typed || undefined }), replace: true, resetScroll: false });
    const timer = setTimeout(() => write().catch((error: unknown) => reportError(error)), settleMs);
    return () => clearTimeout(timer);
  }, [typed, q, navigate]);
  return [typed, setTyped];
}

function FindField({
  typed,
  onType,
  foundCount,
}: {
  typed: string;
  onType: (typed: string) => void;
  foundCount: number;
}) {
  const text = texts.useText();
  return (
    <search>
      <TextInput
        type="search"
        aria-label={text('control.people.find')}
        placeholder={text('control.people.find')}
        value={typed}
        maxLength={100}
        leftSection={<IconSearch {...icon} />}
        onChange={(event) => onType(event.target.value)}
      />
      <span role="status" className="visually-hidden">
        {typed ? text('control.people.found', { count: foundCount }) : ''}
      </span>
    </search>
  );
}

/** Parts of the list, each with how many they are. */
function Parts({ roster, current }: { roster: readonly RosterEntry[]; current: Show | undefined }) {
  const text = texts.useText();
  // Object.keys loses the key type.
  const parts = Object.keys(shows) as Show[];
  return (
    <nav className="people-shows" aria-label={text('control.people.show')}>
      {[undefined, ...parts].map((show) => (
        <Link
          key={show ?? 'all'}
          from="/meetings/$meetingId/control"
          to="."
          search={(before) => ({ ...before, show })}
          resetScroll={false}
          className="people-show"
          aria-current={current === show ? 'true' : undefined}
        >
          {text(`control.people.show.${show ?? 'all'}`)}{' '}
          <span className="t3 tabular">{show ? roster.filter(shows[show]).length : roster.length}</span>
        </Link>
      ))}
    </nav>
  );
}
