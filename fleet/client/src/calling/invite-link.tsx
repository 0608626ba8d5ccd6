import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { groupDigits } from '../start/group-digits.ts';
import { callingTexts } from './locales/texts.ts';
import { QrCode } from './qr-code.tsx';
import './calling.css';

/** How others come in by themselves: the number to type, the link to send, the code to scan. */
export function InviteLink({ number, isLocked }: { number: string; isLocked: boolean }) {
  const text = callingTexts.useText();
  const link = `${location.origin}/m/${number}`;
  return (
    <div className="invite">
      {isLocked ? <p className="wrong">{text('invite.locked')}</p> : null}
      <div className="invite-ways">
        <div className="invite-fields">
          <CopyField label={text('invite.number')} value={groupDigits(number)} act={text('invite.copyNumber')} />
          <CopyField label={text('invite.link')} value={link} act={text('invite.copyLink')} />
        </div>
        <figure className="invite-code">
          <QrCode link={link} label={text('invite.qr')} />
          <figcaption className="t2">{text('invite.scan')}</figcaption>
        </figure>
      </div>
    </div>
  );
}

function CopyField({ label, value, act }: { label: string; value: string; act: string }) {
  const text = callingTexts.useText();
  const id = useId();
  const [outcome, setOutcome] = useState<'copied' | 'selected' | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setOutcome('copied');
    } catch {
      // Without a secure context there is no clipboard: the field is selected, and the reader's own keys copy it.
      const field = document.getElementById(id);
      if (field instanceof HTMLInputElement) field.select();
      setOutcome('selected');
    }
  };
  const Icon = outcome === 'copied' ? IconCheck : IconCopy;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="copy-row">
        <input id={id} className="tabular" readOnly value={value} onFocus={(event) => event.target.select()} />
        <button
          type="button"
          className="small-button"
          aria-label={act}
          onClick={() => copy().catch((error: unknown) => reportError(error))}
        >
          <Icon size={18} stroke={1.75} aria-hidden="true" />
          {text(outcome === 'copied' ? 'invite.copied' : 'invite.copy')}
        </button>
      </div>
      <p role="status" className={outcome === 'selected' ? 't2' : 'visually-hidden'}>
        {outcome && text(`invite.${outcome}`)}
      </p>
    </div>
  );
}
