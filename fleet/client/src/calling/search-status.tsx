import type { FoundGroup } from '@anteroom/shared/meeting/callees.ts';
import { findRefusals } from '@anteroom/shared/meeting/calling.ts';
import { localize } from '@anteroom/shared/text.ts';
import type { Search } from '@anteroom/ui/calling/use-search.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { callingTexts } from './locales/texts.ts';

/** Where the search stands: on its way, so many found, nobody, or refused for this reason. */
export function SearchStatus({
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
  const text = callingTexts.useText();
  const { language } = useLanguage();
  const count = groups.reduce((sum, { found }) => sum + found.length, 0);
  return (
    <div role="status" className="search-status">
      {search.name === 'idle' ? <p className="t2">{text('add.fieldHint')}</p> : null}
      {search.name === 'searching' ? <p className="t2">{text('add.searching')}</p> : null}
      {search.name === 'found' && count > 0 ? <p className="t2">{text('add.found', { count })}</p> : null}
      {search.name === 'found' && count === 0 ? (
        <>
          <p>{text('add.none', { typed: typed.trim() })}</p>
          <p className="t2">{text('add.noneNext')}</p>
        </>
      ) : null}
      {search.name === 'refused' ? (
        <>
          <p className="wrong">{localize(findRefusals[search.refusal], language)}</p>
          {search.refusal === 'too_slow' || search.refusal === 'too_often' ? (
            <button type="button" className="small-button" onClick={onTryAgain}>
              {text('add.tryAgain')}
            </button>
          ) : null}
        </>
      ) : null}
    </div>
  );
}
