import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import type { AppShell, AppShellState } from './app-shell.ts';

const ShellContext = createContext<AppShell | null>(null);

export function ShellProvider({ appShell, children }: { appShell: AppShell; children: ReactNode }) {
  return <ShellContext value={appShell}>{children}</ShellContext>;
}

export function useAppShell(): { shell: AppShell; state: AppShellState } {
  const shell = useContext(ShellContext);
  if (!shell) throw new Error('useAppShell: no ShellProvider around this component');
  return { shell, state: useSyncExternalStore(shell.subscribe, shell.state) };
}
