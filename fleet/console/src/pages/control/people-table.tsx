import type { ParticipantId } from '@anteroom/shared/ids.ts';
import { choicesFor, outsideController, type PersonChoice } from '@anteroom/shared/meeting/people.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { useMediaQuery } from '@mantine/hooks';
import { type KeyboardEvent, useCallback, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { texts } from '../../locales/texts.ts';
import type { Row } from './people-filter.ts';
import { PersonMenu } from './person-menu.tsx';
import { isQuick, PersonRow, type PersonRowProps } from './person-row.tsx';
import type { Asked } from './questions.tsx';
import type { Act } from './use-control.ts';
import { useRowsInView } from './use-rows-in-view.ts';

type PeopleTableProps = Pick<PersonRowProps, 'controls'> & {
  rows: readonly Row[];
  sharedBy: ParticipantId | null;
  onAct: Act;
  /** For what is asked once more, or needs words. */
  onAsk: (asked: Asked) => void;
};

/** Everybody, a row each; of five hundred, those near the window are drawn. Up and down go from row to row. */
export function PeopleTable({ rows, sharedBy, controls, onAct, onAsk }: PeopleTableProps) {
  const text = texts.useText();
  const body = useRef<HTMLUListElement>(null);
  const isPhone = useMediaQuery('(max-width: 899px)', false, { getInitialValueInEffect: false });
  const rowHeightPx = isPhone ? 104 : 54;
  const { first, end } = useRowsInView(body, rows.length, rowHeightPx);
  const [focused, setFocused] = useState<string | null>(null);
  const [menu, setMenu] = useState<{ participantId: ParticipantId; isOpen: boolean } | null>(null);
  const ofMenu = rows.findIndex(({ entry }) => entry.participantId === menu?.participantId);
  const inMenu = rows[ofMenu]?.entry;
  const openMenu = useCallback((participantId: ParticipantId) => setMenu({ participantId, isOpen: true }), []);
  const choose = useCallback(
    ({ action }: PersonChoice, entry: RosterEntry) => {
      if (action.kind === 'rename' || action.kind === 'handOver' || action.kind === 'remove')
        return onAsk({ kind: action.kind, entry });
      const isWish = action.kind === 'unmute' || action.kind === 'allowCamera';
      onAct(action, isWish ? () => onAsk({ kind: 'asked', entry }) : undefined);
    },
    [onAct, onAsk],
  );
  const columns = ['name', 'microphone', 'camera'] as const;

  function moveBetweenRows(event: KeyboardEvent<HTMLUListElement>): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || !(event.target instanceof HTMLElement)) return;
    const { act } = event.target.dataset;
    const row = event.target.closest<HTMLElement>('[data-index]');
    if (act === undefined || !row) return;
    const index = Number(row.dataset.index) + step;
    const next = rows[index];
    if (!next) return;
    event.preventDefault();
    // Keys can come faster than the window tells that it scrolled: the row is drawn now, and no key is lost.
    flushSync(() => setFocused(next.entry.participantId));
    const inNext = (name: string) =>
      body.current?.querySelector<HTMLElement>(`[data-index="${index}"] [data-act="${name}"]`);
    (inNext(act) ?? inNext('more'))?.focus();
  }

  return (
    <div className="people-table">
      <div className="people-row people-columns" aria-hidden="true">
        {columns.map((column) => (
          <span key={column}>{text(`control.people.${column}`)}</span>
        ))}
      </div>
      <div className="people-list">
        <ul
          ref={body}
          className="people-rows"
          aria-label={text('control.people.inMeeting')}
          style={{ height: rows.length * rowHeightPx }}
          onKeyDown={moveBetweenRows}
          onFocus={(event) =>
            setFocused(event.target.closest<HTMLElement>('[data-participant]')?.dataset.participant ?? null)
          }
          onBlur={() => setFocused(null)}
        >
          {rows.map(({ entry, hand }, index) => {
            const isMenuOpen = menu?.isOpen === true && index === ofMenu;
            // Whoever scrolls keeps the row that has the focus, or whose menu has it.
            const isDrawn = (index >= first && index < end) || entry.participantId === focused || isMenuOpen;
            return isDrawn ? (
              <PersonRow
                key={entry.participantId}
                {...{ entry, hand, index, controls, isMenuOpen }}
                onChoose={choose}
                onMenu={openMenu}
                count={rows.length}
                topPx={index * rowHeightPx}
                isSharing={entry.participantId === sharedBy}
              />
            ) : null;
          })}
        </ul>
        {menu && inMenu ? (
          <PersonMenu
            name={inMenu.name}
            choices={choicesFor(outsideController, inMenu, controls).filter(({ name }) => !isQuick(name))}
            topPx={(ofMenu + 1) * rowHeightPx}
            isOpen={menu.isOpen}
            onChoose={(choice) => choose(choice, inMenu)}
            onClose={() => setMenu({ ...menu, isOpen: false })}
          />
        ) : null}
      </div>
    </div>
  );
}
