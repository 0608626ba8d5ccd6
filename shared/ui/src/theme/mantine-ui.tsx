import { MantineProvider } from '@mantine/core';
import '@mantine/core/styles.css';
import type { ReactNode } from 'react';
import { useScheme } from '../scheme/scheme.tsx';
import { cssVariablesResolver, theme } from './mantine-theme.ts';

/** Mantine in Anteroom's look. The scheme is that of `SchemeProvider`, which must be around it. */
export function MantineUi({ children }: { children: ReactNode }) {
  const { scheme } = useScheme();
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} forceColorScheme={scheme}>
      {children}
    </MantineProvider>
  );
}
