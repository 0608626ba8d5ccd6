import { type Callee, canChoose, type FoundCallee, type FoundGroup } from '@anteroom/shared/meeting/callees.ts';
import { calleeIcons } from '@anteroom/ui/marks/callee-icons.ts';
import { IconCheck } from '@tabler/icons-react';
import { useControlText } from '../locales/control/texts.ts';

const stroke = { 'aria-hidden': true, stroke: 1.75 } as const;

/** What was found, by kind; each row is touched to be called, and touched again to be not. */
export function FoundRows({
  groups,
  chosen,
  isFull,
  onChoose,
}: {
  groups: readonly FoundGroup[];
  chosen: readonly Callee[];
  /** Nobody else can be chosen. */
  isFull: boolean;
  onChoose: (callee: Callee, isChosen: boolean) => void;
}) {
  const text = useControlText();
  return groups.map(({ kind, found, hasMore }) => (
    <section key={kind} aria-label={text(`group.${kind}`)}>
      <h3>{text(`group.${kind}`)}</h3>
      {found.map((one) => {
        const isChosen = chosen.some(({ id }) => id === one.callee.id);
        return (
          <FoundRow
            key={one.callee.id}
            one={one}
            isChosen={isChosen}
            isClosed={!canChoose(one) || (isFull && !isChosen)}
            onChoose={() => onChoose(one.callee, !isChosen)}
          />
        );
      })}
      {hasMore && <p className="adding-more">{text('add.hasMore')}</p>}
    </section>
  ));
}

function FoundRow({
  one: { callee, detail, note },
  isChosen,
  isClosed,
  onChoose,
}: {
  one: FoundCallee;
  isChosen: boolean;
  isClosed: boolean;
  onChoose: () => void;
}) {
  const text = useControlText();
  const Icon = isChosen ? IconCheck : calleeIcons[callee.kind];
  const said = [detail, note && text(`note.${note}`)].filter((words) => words !== null).join(' · ');
  return (
    <button
      type="button"
      className="adding-row"
      aria-pressed={isChosen}
      aria-disabled={isClosed}
      onClick={() => {
        if (!isClosed) onChoose();
      }}
    >
      <Icon className="adding-mark" {...stroke} />
      <span className="adding-words">
        <b className="adding-name">{callee.name}</b>
        {said !== '' && <small>{said}</small>}
      </span>
    </button>
  );
}
