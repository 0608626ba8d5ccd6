import type { BindingState } from '@anteroom/shared/panel/state.ts';
import { Door } from '@anteroom/ui/door/door.tsx';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useText } from '../locales/texts.ts';
import { Foot } from '../parts/foot.tsx';
import { Head, RoomHead } from '../parts/head.tsx';
import { Identity } from '../parts/identity.tsx';
import { HealthLine, Notices } from '../parts/notices.tsx';
import { Subject } from '../parts/subject.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { usePanel } from '../state/panel-context.tsx';

type Claimed = Extract<BindingState, { state: 'claimed' }>;
type Contacting = Extract<BindingState, { state: 'contacting' }>;

function BindingFrame({
  head,
  isHeld = false,
  more,
  children,
}: {
  head: ReactNode;
  isHeld?: boolean;
  more?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="screen">
      {head}
      <main className="main">{children}</main>
      <Door className="doorway" opening={0} isHeld={isHeld} hasSpill={isHeld}>
        <Identity />
      </Door>
      <section className="more">{more}</section>
      <Foot>
        <HealthLine />
      </Foot>
    </div>
  );
}

function NewHead() {
  const text = useText();
  return <Head name={text('contacting.kick')} place={text('pairing.place')} />;
}

export function ContactingScreen({ binding }: { binding: Contacting }) {
  const text = useText();
  return (
    <BindingFrame
      head={<NewHead />}
      more={
        binding.fault !== null && (
          <div className="notice" data-tone="ember" role="status">
            <IconAlertTriangle aria-hidden="true" stroke={1.75} />
            <div>
              <div className="notice-title">{text('contacting.fault')}</div>
              <div className="notice-next">{binding.fault}</div>
            </div>
          </div>
        )
      }
    >
      <Waiting>{text('contacting.title')}</Waiting>
      <p className="lead">{text('contacting.lead')}</p>
    </BindingFrame>
  );
}

export function ConfiguringScreen() {
  const text = useText();
  return (
    <BindingFrame head={<NewHead />} isHeld more={<Notices />}>
      <p className="kick" data-tone="leaf">
        <IconCircleCheck aria-hidden="true" stroke={1.75} />
        {text('configuring.kick')}
      </p>
      <Waiting>{text('configuring.title')}</Waiting>
      <p className="lead">{text('configuring.lead')}</p>
    </BindingFrame>
  );
}

export function RevokedScreen() {
  const text = useText();
  return (
    <BindingFrame head={<NewHead />} more={<Notices />}>
      <p className="kick" data-tone="ember">
        <IconAlertTriangle aria-hidden="true" stroke={1.75} />
        {text('revoked.kick')}
      </p>
      <h1 className="title">
        <Subject>{text('revoked.title')}</Subject>
      </h1>
      <p className="lead">{text('revoked.lead')}</p>
    </BindingFrame>
  );
}

/** Claimed, but without a room or a cloud room: nobody here can change that, so it says who can and how. */
export function UnassignedScreen({ binding }: { binding: Claimed }) {
  const text = useText();
  const { language } = usePanel().state;
  const { terminalName, organizationName, space, roomName } = binding;
  const steps = [
    text('unassigned.step1', { name: terminalName }),
    ...(space ? [] : [text('unassigned.stepSpace')]),
    ...(roomName === null ? [text('unassigned.stepRoom')] : []),
  ];
  return (
    <BindingFrame head={<RoomHead />} isHeld more={<Notices />}>
      <p className="kick" data-tone="leaf">
        <IconCircleCheck aria-hidden="true" stroke={1.75} />
        {text('unassigned.kick', { organization: organizationName })}
      </p>
      <h1 className="title" data-size="small">
        <Subject>
          {space
            ? text('unassigned.noRoom', { space: space.name })
            : text('unassigned.noSpace', { name: terminalName })}
        </Subject>
      </h1>
      <p className="lead">{text('unassigned.lead')}</p>
      <ol className="steps" lang={language}>
        {steps.map((step, index) => (
          <li key={step}>
            <b className="tabular">{index + 1}</b>
            {step}
          </li>
        ))}
      </ol>
      <p className="lead after-steps">{text('unassigned.then')}</p>
    </BindingFrame>
  );
}
