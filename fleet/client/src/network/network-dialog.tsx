import { uiTexts } from '@anteroom/ui/locales/texts.ts';
import { NetworkBars } from '@anteroom/ui/marks/network-mark.tsx';
import { Overlay } from '../control/overlay.tsx';
import { useSeat } from '../control/seat.tsx';
import { useMediaState } from '../media/media-context.tsx';
import { adviceFor, sayNetwork } from './explain.ts';
import { networkTexts } from './locales/texts.ts';
import { type ShownNetwork, useNetwork } from './use-network.ts';

/** What the own network does, in words and figures, how old they are, and what can be done. */
export function NetworkDialog({ onClose }: { onClose: () => void }) {
  const text = networkTexts.useText();
  const ui = uiTexts.useText();
  const { network, toggle } = useSeat();
  const { camera } = useMediaState();
  const shown = useNetwork(network);
  const { quality } = shown;
  return (
    <Overlay title={text('title')} anchor={null} onClose={onClose}>
      <div className="question network">
        <p className="network-verdict" data-quality={quality}>
          <NetworkBars quality={quality} size={28} />
          <b>{ui(`network.${quality}`)}</b>
        </p>
        <p>{sayNetwork(shown, text)}</p>
        {adviceFor(shown).map((advice) => (
          <p key={advice}>{text(`do.${advice}`)}</p>
        ))}
        <Figures shown={shown} />
        <div className="network-acts">
          {camera.isOn && adviceFor(shown).includes('camera') ? (
            <button type="button" className="button" onClick={() => toggle('camera')}>
              {text('stopCamera')}
            </button>
          ) : null}
          <a className="text-button" href="/m/check" target="_blank" rel="noopener">
            {text('check')}
          </a>
        </div>
      </div>
    </Overlay>
  );
}

function Figures({ shown: { state, ageS, quality } }: { shown: ShownNetwork }) {
  const text = networkTexts.useText();
  const { figures } = state;
  if (figures === null || ageS === null) return null;
  const ms = (value: number | null) => (value === null ? text('unmeasured') : text('ms', { value }));
  const percent = (value: number | null) => (value === null ? text('unmeasured') : text('percent', { value }));
  const kbps = (value: number | null) => (value === null ? text('unmeasured') : text('kbps', { value }));
  const rows = [
    [text('roundTrip'), ms(figures.roundTripMs)],
    [text('sentLoss'), percent(figures.sentLossPercent)],
    [text('receivedLoss'), percent(figures.receivedLossPercent)],
    [text('jitter'), ms(figures.jitterMs)],
    [text('sent'), kbps(figures.sentKbps)],
    [text('received'), kbps(figures.receivedKbps)],
    [text('canSend'), kbps(figures.canSendKbps)],
  ] as const;
  return (
    <>
      <dl className="network-figures" data-stale={quality === 'unknown' ? '' : undefined}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="tabular">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="t2 tabular">{text('age', { seconds: ageS })}</p>
    </>
  );
}
