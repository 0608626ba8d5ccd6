import { uiTexts } from '@anteroom/ui/locales/texts.ts';
import { NetworkBars } from '@anteroom/ui/marks/network-mark.tsx';
import { useState } from 'react';
import { Parts } from '../control/parts-loader.tsx';
import { useSeat } from '../control/seat.tsx';
import './network.css';
import { useNetwork } from './use-network.ts';

/** How well the own network does, and the way to what that means; on a phone only while something is wrong. */
export function NetworkButton() {
  const text = uiTexts.useText();
  const { network } = useSeat();
  const { quality } = useNetwork(network);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="control network-button"
        data-quality={quality}
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}
      >
        <NetworkBars quality={quality} size={24} />
        <span className="control-words">{text(`network.${quality}`)}</span>
      </button>
      {isOpen ? <Parts>{({ NetworkDialog }) => <NetworkDialog onClose={() => setIsOpen(false)} />}</Parts> : null}
    </>
  );
}
