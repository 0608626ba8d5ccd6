import { type Callee, canChoose, type FoundCallee, type FoundGroup } from '@anteroom/shared/meeting/callees.ts';
import { KindIcon } from './kind-icon.tsx';
import { callingTexts } from './locales/texts.ts';

/** What was found, by kind; each line is ticked to be called. */
export function FoundList({
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
  const text = callingTexts.useText();
  return groups.map(({ kind, found, hasMore }) => (
    <fieldset key={kind} className="found-group">
      <legend>{text(`group.${kind}`)}</legend>
      {found.map((one) => {
        const isChosen = chosen.some(({ id }) => id === one.callee.id);
        return (
          <FoundLine
            key={one.callee.id}
            one={one}
            isChosen={isChosen}
            isDisabled={!canChoose(one) || (isFull && !isChosen)}
            onChoose={(next) => onChoose(one.callee, next)}
          />
        );
      })}
      {hasMore ? <p className="found-more t2">{text('add.hasMore')}</p> : null}
    </fieldset>
  ));
}

function FoundLine({
  one: { callee, detail, note },
  isChosen,
  isDisabled,
  onChoose,
}: {
  one: FoundCallee;
  isChosen: boolean;
  isDisabled: boolean;
  onChoose: (isChosen: boolean) => void;
}) {
  const text = callingTexts.useText();
  const said = [detail, note && text(`note.${note}`)].filter((words) => words !== null).join(' · ');
  return (
    <label className="found-line" data-disabled={isDisabled ? '' : undefined}>
      <input
        type="checkbox"
        checked={isChosen}
        disabled={isDisabled}
        onChange={(event) => onChoose(event.target.checked)}
      />
      <KindIcon kind={callee.kind} />
      <span className="grow person-name">
        {callee.name}
        {said === '' ? null : <span className="t2">{said}</span>}
      </span>
    </label>
  );
}
