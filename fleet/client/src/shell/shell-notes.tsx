import { texts } from '../locales/texts.ts';
import { useAppShell } from './shell-context.tsx';

/** Outside of meetings: that there is no network, and that a new version is there. */
export function ShellNotes() {
  const text = texts.useText();
  const { shell, state } = useAppShell();
  return (
    <div className="shell-notes" role="status">
      {state.isOnline ? null : <p>{text('shell.offline')}</p>}
      {state.isOnline && state.hasNewVersion ? (
        <p>
          {text('shell.newVersion')}{' '}
          <button type="button" className="small-button" onClick={() => shell.renew()}>
            {text('shell.renew')}
          </button>
        </p>
      ) : null}
    </div>
  );
}
