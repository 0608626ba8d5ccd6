import { uiTexts } from '@anteroom/ui/locales/texts.ts';
import { NetworkBars } from '@anteroom/ui/marks/network-mark.tsx';
import { MenuLine } from '../control/overlay.tsx';
import { useSeat } from '../control/seat.tsx';
import { networkTexts } from './locales/texts.ts';
import { useNetwork } from './use-network.ts';

/** The same in the menu of a phone, which has no room for it among the controls. */
export function NetworkLine({ onPress }: { onPress: () => void }) {
  const text = networkTexts.useText();
  const ui = uiTexts.useText();
  const { quality } = useNetwork(useSeat().network);
  return (
    <MenuLine
      icon={<NetworkBars quality={quality} size={22} />}
      label={text('title')}
      hint={ui(`network.${quality}`)}
      onPress={onPress}
    />
  );
}
