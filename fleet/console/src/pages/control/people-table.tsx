import type { ParticipantId } from '@anteroom/shared/ids.ts';
import { useMediaQuery } from '@mantine/hooks';
import { type KeyboardEvent, useRef, useState } from 'react';
import { texts } from '../../locales/texts.ts';
import type { Row } from './people-filter.ts';
import { PersonRow, type PersonRowProps } from './person-row.tsx';
import { useRowsInView } from './use-rows-in-view.ts';

type PeopleTableProps = Pick<PersonRowProps, 'controls' | 'onAct' | 'onAsk'> & {
  rows: readonly Row[];
  sharedBy: ParticipantId | null;
};

/** Everybody, a row each; of five hundred, those near the window are drawn. Up and down go from row to row. */
export function PeopleTable({ rows, sharedBy, controls, onAct, onAsk }: PeopleTableProps) {
  const text = texts.useText();
  const body = useRef<HTMLUListElement>(null);
  const isPhone = useMediaQuery('(max-width: 899px)', false, { getInitialValueInEffect: false });
  const rowHeightPx = isPhone ? 104 : 54;
  const { first, end } = useRowsInView(body, rows.length, rowHeightPx);
  const [focused, setFocused] = useState<string | null>(null);
  const columns = ['name', 'microphone', 'camera'] as const;

  function moveBetweenRows(event: KeyboardEvent<HTMLUListElement>): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || !(event.target instanceof HTMLElement)) return;
    const { act } = event.target.dataset;
    const row = event.target.closest<HTMLElement>('[data-index]');
    if (act === undefined || !row) return;
    const next = body.current?.querySelector<HTMLElement>(`[data-index="${Number(row.dataset.index) + step}"]`);
    const button = next?.querySelector<HTMLElement>(`[data-act="${act}"]`);
    if (!button) return;
    event.preventDefault();
    button.focus();
  }

  return (
    <div className="people-table">
      <div className="people-row people-columns" aria-hidden="true">
        {columns.map((column) => (
          <span key={column}>{text(`control.people.${column}`)}</span>
        ))}
      </div>
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
          // Whoever scrolls keeps the row that has the focus.
          const isDrawn = (index >= first && index < end) || entry.participantId === focused;
          return isDrawn ? (
            <PersonRow
              key={entry.participantId}
              {...{ entry, hand, index, controls, onAct, onAsk }}
              count={rows.length}
              topPx={index * rowHeightPx}
              isSharing={entry.participantId === sharedBy}
            />
          ) : null;
        })}
      </ul>
    </div>
  );
}
