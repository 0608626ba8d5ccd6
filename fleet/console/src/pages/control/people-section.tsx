import type { LiveView } from '@anteroom/shared/signalling/live.ts';
import { EmptyState } from '@anteroom/ui/text/empty-state.tsx';
import { Button, TextInput } from '@mantine/core';
import { IconMicrophone, IconMicrophoneOff, IconSearch } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { ControlSearch } from '../../app/address.ts';
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
  const rows = useMemo(() => rowsOf(roster, search), [roster, search]);
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
      {roster.length === 0 ? null : <Finding view={view} search={search} foundCount={rows.length} />}
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

function Finding({
  view: { roster },
  search,
  foundCount,
}: {
  view: LiveView;
  search: ControlSearch;
  foundCount: number;
}) {
  const text = texts.useText();
  const navigate = useNavigate({ from: '/meetings/$meetingId/control' });
  // Object.keys loses the key type.
  const parts = Object.keys(shows) as Show[];
  return (
    <div className="people-finding">
      <search>
        <TextInput
          type="search"
          aria-label={text('control.people.find')}
          placeholder={text('control.people.find')}
          value={search.q ?? ''}
          maxLength={100}
          leftSection={<IconSearch {...icon} />}
          onChange={(event) => {
            const q = event.target.value || undefined;
            navigate({ search: (before) => ({ ...before, q }), replace: true, resetScroll: false }).catch(
              (error: unknown) => reportError(error),
            );
          }}
        />
        <span role="status" className="visually-hidden">
          {search.q ? text('control.people.found', { count: foundCount }) : ''}
        </span>
      </search>
      <nav className="people-shows" aria-label={text('control.people.show')}>
        {[undefined, ...parts].map((show) => {
          const count = show ? roster.filter(shows[show]).length : roster.length;
          return (
            <Link
              key={show ?? 'all'}
              from="/meetings/$meetingId/control"
              to="."
              search={(before) => ({ ...before, show })}
              resetScroll={false}
              className="people-show"
              aria-current={search.show === show ? 'true' : undefined}
            >
              {text(`control.people.show.${show ?? 'all'}`)} <span className="t3 tabular">{count}</span>
            </Link>
          );
        })}
      </nav>
    </div>
  );
}
