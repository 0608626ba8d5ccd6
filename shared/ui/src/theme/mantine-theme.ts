import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const threshold: MantineColorsTuple = [
  '#FFF6E6',
  '#FFECCB',
  '#FFDDA6',
  '#FFC27C',
  '#D99B57',
  '#A87038',
  '#7F4B00',
  '#5A3A14',
  '#2B2318',
  '#14191F',
];
const dark: MantineColorsTuple = [
  '#F5F0E7',
  '#BAC3CB',
  '#8F9BA6',
  '#667686',
  '#2A3540',
  '#1C252E',
  '#131A21',
  '#0C1116',
  '#090D11',
  '#06090C',
];
const gray: MantineColorsTuple = [
  '#F5F3EE',
  '#ECE8E0',
  '#E5E0D7',
  '#DDD7CC',
  '#8A8478',
  '#747577',
  '#5E666E',
  '#454E57',
  '#2A323A',
  '#14191F',
];

export const theme = createTheme({
  primaryColor: 'threshold',
  primaryShade: { light: 9, dark: 1 },
  autoContrast: true,
  defaultRadius: 8,
  fontFamily: '"Hanken Grotesk Variable", "Noto Sans SC Variable", sans-serif',
  fontFamilyMonospace: '"Atkinson Hyperlegible Mono Variable", monospace',
  headings: { fontWeight: '680' },
  colors: { threshold, dark, gray },
  cursorType: 'pointer',
});

/** Binds Mantine's variables to the tokens, so that both name one value. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--ground)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text2)',
    '--mantine-color-placeholder': 'var(--text3)',
    '--mantine-color-error': 'var(--fault)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--edge)',
    '--mantine-color-default-hover': 'var(--raised)',
    '--mantine-color-anchor': 'var(--text)',
  },
  light: {},
  dark: {},
});
