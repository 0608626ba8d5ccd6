import type { BindingState } from '@anteroom/shared/panel/state.ts';
import { Door } from '@anteroom/ui/door/door.tsx';
import { useText } from '../locales/texts.ts';
import { Head } from '../parts/head.tsx';
import { HealthLine } from '../parts/notices.tsx';
import { PairingDoor } from '../parts/pairing-door.tsx';
import { PairingCode, PairingSteps } from '../screens/pairing-screen.tsx';

/** An unclaimed terminal, to be read from the other end of the room. */
export function DisplayPairing({ binding }: { binding: Extract<BindingState, { state: 'pairing' }> }) {
  const text = useText();
  return (
    <div className="screen">
      <Head name={text('contacting.kick')} place={text('pairing.place')} dayLength="long" />
      <main className="main">
        <PairingCode binding={binding} />
      </main>
      <Door className="doorway" opening={0} isHeld hasSpill>
        <PairingDoor binding={binding} />
      </Door>
      <section className="more">
        <PairingSteps keyPhrase={binding.keyPhrase} />
      </section>
      <footer className="foot">
        <HealthLine />
      </footer>
    </div>
  );
}
