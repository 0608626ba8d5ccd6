import { IconDownload } from '@tabler/icons-react';
import { useAppShell } from '../shell/shell-context.tsx';
import { startTexts } from './locales/texts.ts';

/** Where the browser offers it: the client as an app of its own. */
export function InstallOffer() {
  const text = startTexts.useText();
  const { shell, state } = useAppShell();
  if (!state.canInstall) return null;
  return (
    <section className="start-install">
      <button
        type="button"
        className="button"
        onClick={() => shell.install().catch((error: unknown) => reportError(error))}
      >
        <IconDownload size={20} stroke={1.75} aria-hidden="true" />
        {text('install')}
      </button>
      <span className="t2">{text('installNext')}</span>
    </section>
  );
}
