import { controlRefusals, mayControl } from '@anteroom/shared/meeting/control.ts';
import { lastToWait } from '@anteroom/shared/meeting/people.ts';
import type { WaitingEntry } from '@anteroom/shared/signalling/messages.ts';
import { localize } from '@anteroom/shared/text.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { useKnockOnce } from '@anteroom/ui/ringing/use-knock.ts';
import { IconHandStop, IconUserPlus } from '@tabler/icons-react';
import type { DeviceKind } from '../media/local-media.ts';
import { Announcer } from './announcer.tsx';
import { controlTexts } from './locales/texts.ts';
import { Parts } from './parts-loader.tsx';
import { useSeat } from './seat.tsx';

/** What has to be known or answered now: a refusal, a question of the host's, somebody at the door. */
export function ControlNotices({ onAnswer }: { onAnswer: (kind: DeviceKind, opens: boolean) => void }) {
  const { client, own } = useSeat();
  const { ask, waiting } = client.talk;
  return (
    <>
      <div className="notices">
        <RefusalNotice />
        {own && mayControl(own.role, 'admit') ? <WaitingNotice waiting={waiting} /> : null}
      </div>
      {ask ? (
        <Parts>{({ AskDialog }) => <AskDialog ask={ask} onAnswer={(opens) => onAnswer(ask.what, opens)} />}</Parts>
      ) : null}
      <Announcer client={client} />
    </>
  );
}

function RefusalNotice() {
  const text = controlTexts.useText();
  const { language } = useLanguage();
  const { own, control } = useSeat();
  const { refusal } = control;
  if (refusal === null) return null;
  const canRaise = refusal === 'muted_by_host' && own?.handRaisedAt === null;
  return (
    <div className="notice" role="alert">
      <p className="grow">{localize(controlRefusals[refusal], language)}</p>
      {canRaise ? (
        <button
          type="button"
          className="small-button"
          onClick={() => {
            control.act({ kind: 'raiseHand', isRaised: true }).catch((error: unknown) => reportError(error));
          }}
        >
          <IconHandStop size={18} stroke={1.75} aria-hidden="true" />
          {text('hand.raise')}
        </button>
      ) : null}
      <button type="button" className="small-button" onClick={control.dismiss}>
        {text('refusal.dismiss')}
      </button>
    </div>
  );
}

/** 0…1 */
const knockLoudness = 0.5;

function WaitingNotice({ waiting }: { waiting: readonly WaitingEntry[] }) {
  const text = controlTexts.useText();
  const { control } = useSeat();
  // The list says the same, and more.
  const first = control.panel === 'people' ? undefined : waiting[0];
  useKnockOnce(lastToWait(waiting), knockLoudness);
  return (
    <div role="status" className={first ? 'notice' : undefined}>
      {first ? (
        <>
          <IconUserPlus size={20} stroke={1.75} aria-hidden="true" />
          <p className="grow">
            {waiting.length === 1
              ? text('waiting.one', { name: first.name })
              : text('waiting.many', { count: waiting.length })}
          </p>
          <button
            type="button"
            className="small-button primary"
            onClick={() => {
              const participantId = waiting.length === 1 ? first.participantId : null;
              control.act({ kind: 'admit', participantId }).catch((error: unknown) => reportError(error));
            }}
          >
            {text(waiting.length === 1 ? 'waiting.admit' : 'waiting.admitAll')}
          </button>
          <button type="button" className="small-button" onClick={() => control.setPanel('people')}>
            {text('waiting.show')}
          </button>
        </>
      ) : null}
    </div>
  );
}
