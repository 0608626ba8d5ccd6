import { useText } from '../locales/texts.ts';
import { goingInWith } from './going-in.ts';
import { usePanel } from './panel-context.tsx';

/** Says what Join opens; null while nothing is known of the devices. */
export function useGoingIn(): string | null {
  const text = useText();
  const { state } = usePanel();
  const goingIn = goingInWith(state.peripherals);
  return goingIn === 'unknown' ? null : text(`home.goingIn.${goingIn}`);
}
