import { shareEnds, shareRefusals } from '@anteroom/shared/meeting/sharing.ts';
import { localize } from '@anteroom/shared/text.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { IconScreenShare } from '@tabler/icons-react';
import { Parts } from '../control/parts-loader.tsx';
import { useSeat } from '../control/seat.tsx';
import { sharingTexts } from './locales/texts.ts';
import type { ShareTrouble } from './use-share.ts';

/** What somebody who shares has to know all the time. */
export function ShareBar() {
  const text = sharingTexts.useText();
  const {
    client: { share: own },
    share,
  } = useSeat();
  return (
    <div role="status" className={own.phase === 'off' ? undefined : 'share-bar'}>
      {own.phase === 'off' ? null : (
        <>
          <IconScreenShare size={20} stroke={1.75} aria-hidden="true" />
          <p className="grow">{text(own.phase === 'on' ? `own.${surfaceOf(own.stream)}` : 'own.starting')}</p>
          <button type="button" className="small-button" onClick={share.stop}>
            {text('own.stop')}
          </button>
        </>
      )}
    </div>
  );
}

/** Why sharing ended or did not begin, and whether to take over. */
export function ShareNotices() {
  const { share } = useSeat();
  const { trouble, asksAbout } = share;
  return (
    <>
      {trouble === null ? null : (
        <div className="notices">
          <TroubleNotice trouble={trouble} onDismiss={share.dismiss} />
        </div>
      )}
      {asksAbout === null ? null : (
        <Parts>{({ TakeOver }) => <TakeOver from={asksAbout.name} onAnswer={share.answer} />}</Parts>
      )}
    </>
  );
}

function surfaceOf(stream: MediaStream): 'monitor' | 'window' | 'browser' | 'other' {
  const surface = stream.getVideoTracks()[0]?.getSettings().displaySurface;
  return surface === 'monitor' || surface === 'window' || surface === 'browser' ? surface : 'other';
}

function TroubleNotice({ trouble, onDismiss }: { trouble: ShareTrouble; onDismiss: () => void }) {
  const text = sharingTexts.useText();
  const { language } = useLanguage();
  const words =
    trouble === 'unsupported' || trouble === 'denied' || trouble === 'failed'
      ? text(`trouble.${trouble}`)
      : localize({ ...shareRefusals, ...shareEnds }[trouble], language);
  return (
    <div className="notice" role="alert">
      <p className="grow">{words}</p>
      <button type="button" className="small-button" onClick={onDismiss}>
        {text('trouble.dismiss')}
      </button>
    </div>
  );
}
