import type { FoundGroup } from '@anteroom/shared/meeting/callees.ts';
import { findRefusals } from '@anteroom/shared/meeting/calling.ts';
import { localize } from '@anteroom/shared/text.ts';
import type { Search } from '@anteroom/ui/calling/use-search.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { StepButton } from '../control/sheet.tsx';
import { useControlText } from '../locales/control/texts.ts';

/** Where the search stands: on its way, so many found, nobody, or refused for this reason. */
export function SearchWords({
  search,
  typed,
  groups,
  onTryAgain,
}: {
  search: Search;
  typed: string;
  groups: readonly FoundGroup[];
  onTryAgain: () => void;
}) {
  const text = useControlText();
  const { language } = useLanguage();
  const count = groups.reduce((sum, { found }) => sum + found.length, 0);
  const words = () => {
    if (search.name === 'refused') return localize(findRefusals[search.refusal], language);
    if (search.name !== 'found') return text('add.searching');
    if (count > 0) return text('add.found', { count });
    return typed.trim() === '' ? text('add.empty') : text('add.none', { typed: typed.trim() });
  };
  const isWorthAnotherTry =
    search.name === 'refused' && (search.refusal === 'too_slow' || search.refusal === 'too_often');
  return (
    <div className="adding-status">
      <p role="status" data-refused={search.name === 'refused' ? '' : undefined}>
        {words()}
      </p>
      {isWorthAnotherTry && <StepButton icon={null} label={text('add.tryAgain')} reason={null} onPress={onTryAgain} />}
    </div>
  );
}
