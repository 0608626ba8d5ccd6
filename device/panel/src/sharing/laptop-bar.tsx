import { refusalToShare } from '@anteroom/shared/meeting/share-rules.ts';
import { shareEnds, shareRefusals } from '@anteroom/shared/meeting/sharing.ts';
import { localize } from '@anteroom/shared/text.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { IconDeviceLaptop, IconScreenShare, IconScreenShareOff } from '@tabler/icons-react';
import { type InMeeting, ownEntry } from '../control/hosting.ts';
import { Question, Sheet, StepButton } from '../control/sheet.tsx';
import { useControlText } from '../locales/control/texts.ts';
import { TouchButton } from '../parts/touch-button.tsx';
import { usePanel } from '../state/panel-context.tsx';
import './laptop-bar.css';

const stroke = { 'aria-hidden': true, stroke: 1.75 } as const;

/** The laptop on the table: that it is connected, and one touch to share it; while it is shared, one to stop. */
export function LaptopBar({ call, onAsk }: { call: InMeeting; onAsk: () => void }) {
  const isPluggedIn = usePanel().state.input?.isPluggedIn === true;
  const { ownShare } = call;
  const isTold = ownShare.phase === 'off' && ownShare.end !== null;
  if (!isPluggedIn && ownShare.phase === 'off' && !isTold) return null;
  return (
    <section className="laptop-bar" role="status" data-sharing={ownShare.phase === 'on' ? '' : undefined}>
      {ownShare.phase === 'on' ? <IconScreenShare {...stroke} /> : <IconDeviceLaptop {...stroke} />}
      <Words ownShare={ownShare} />
      <div className="laptop-bar-answers">
        {isTold ? <PutAway /> : null}
        {ownShare.phase === 'off' ? isPluggedIn && <Share call={call} onAsk={onAsk} /> : <StopSharing />}
      </div>
    </section>
  );
}

function Words({ ownShare }: Pick<InMeeting, 'ownShare'>) {
  const text = useControlText();
  const { language } = useLanguage();
  const words = () => {
    if (ownShare.phase === 'starting') return text('laptop.starting');
    if (ownShare.phase === 'on') return text('laptop.shared');
    if (ownShare.end === null) return text('laptop.connected');
    if (ownShare.end === 'unplugged') return text('laptop.unplugged');
    return localize({ ...shareRefusals, ...shareEnds }[ownShare.end], language);
  };
  return <p>{words()}</p>;
}

/** One touch; where somebody else shares, after a question. */
function Share({ call, onAsk }: { call: InMeeting; onAsk: () => void }) {
  const text = useControlText();
  const common = { tone: 'primary', icon: <IconScreenShare {...stroke} />, label: text('laptop.share') } as const;
  if (takesSomebodysPlace(call)) return <StepButton {...common} opensSheet reason={null} onPress={onAsk} />;
  return <TouchButton {...common} touch={{ kind: 'share', takesOver: false }} />;
}

function StopSharing() {
  const text = useControlText();
  return (
    <TouchButton
      touch={{ kind: 'stopSharing' }}
      tone="fault"
      icon={<IconScreenShareOff {...stroke} />}
      label={text('laptop.stop')}
    />
  );
}

function PutAway() {
  const text = useControlText();
  return <TouchButton touch={{ kind: 'stopSharing' }} label={text('laptop.seen')} />;
}

/** Whose share ends when this room's begins. */
export function TakeOverSheet({ call, onClose }: { call: InMeeting; onClose: () => void }) {
  const text = useControlText();
  const { content, roster } = call;
  const sharer = roster.find(({ participantId }) => participantId === content?.participantId);
  if (!sharer || !takesSomebodysPlace(call)) return null;
  return (
    <Sheet title={text('laptop.takeOver', { name: sharer.name })} onClose={onClose}>
      <Question next={text('laptop.takeOverNext', { name: sharer.name })} onNo={onClose}>
        <TouchButton
          touch={{ kind: 'share', takesOver: true }}
          tone="primary"
          icon={<IconScreenShare {...stroke} />}
          label={text('laptop.takeOverYes')}
          onTouched={onClose}
        />
      </Question>
    </Sheet>
  );
}

function takesSomebodysPlace(call: InMeeting): boolean {
  const own = ownEntry(call);
  const { content, controls, roster } = call;
  const sharer = roster.find(({ participantId }) => participantId === content?.participantId);
  const outlook = own && { own, controls, content, sharerRole: sharer?.role ?? null };
  return outlook !== undefined && refusalToShare(outlook, { takesOver: false }) === 'somebody_shares';
}

/** Between meetings: where the laptop is to be seen. */
export function LaptopNote() {
  const text = useControlText();
  const { input } = usePanel().state;
  if (!input?.isPluggedIn) return null;
  return (
    <p className="laptop-note" role="status">
      <IconDeviceLaptop {...stroke} />
      <span>
        <b>{text('laptop.connected')}</b>
        <small>{text('laptop.onDisplay')}</small>
      </span>
    </p>
  );
}
