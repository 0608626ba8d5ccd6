import type { BindingState } from '@anteroom/shared/panel/state.ts';
import { Door } from '@anteroom/ui/door/door.tsx';
import { IconKey } from '@tabler/icons-react';
import { useText } from '../locales/texts.ts';
import { Foot } from '../parts/foot.tsx';
import { Head } from '../parts/head.tsx';
import { HealthLine } from '../parts/notices.tsx';
import { PairingDoor } from '../parts/pairing-door.tsx';
import './pairing-screen.css';

type Pairing = Extract<BindingState, { state: 'pairing' }>;

/** An unclaimed terminal: its code, and what an administrator does with it. The same words on panel and display. */
export function PairingScreen({ binding }: { binding: Pairing }) {
  const text = useText();
  return (
    <div className="screen">
      <Head name={text('contacting.kick')} place={text('pairing.place')} />
      <main className="main">
        <PairingCode binding={binding} />
      </main>
      <Door className="doorway" opening={0} isHeld hasSpill>
        <PairingDoor binding={binding} />
      </Door>
      <section className="more">
        <PairingSteps keyPhrase={binding.keyPhrase} />
      </section>
      <Foot>
        <HealthLine />
      </Foot>
    </div>
  );
}

export function PairingCode({ binding: { code, keyPhrase } }: { binding: Pairing }) {
  const text = useText();
  return (
    <>
      <h1 className="pairing-label">{text('pairing.code')}</h1>
      {/* Read out letter by letter; the hyphen is only to be seen. */}
      <p className="pairing-code mono">
        {code.split('-').map((half) => (
          <span key={half} aria-hidden="true">
            {half}
          </span>
        ))}
        <span className="visually-hidden">{code.replace('-', '').split('').join(' ')}</span>
      </p>
      <p className="pairing-phrase">
        <IconKey aria-hidden="true" stroke={1.75} />
        {text('pairing.keyPhrase')} <b>{keyPhrase}</b>
      </p>
    </>
  );
}

export function PairingSteps({ keyPhrase }: { keyPhrase: string }) {
  const text = useText();
  return (
    <ol className="steps">
      {[text('pairing.step1'), text('pairing.step2'), text('pairing.step3', { phrase: keyPhrase })].map(
        (step, index) => (
          <li key={step}>
            <b className="tabular" aria-hidden="true">
              {index + 1}
            </b>
            {step}
          </li>
        ),
      )}
    </ol>
  );
}
