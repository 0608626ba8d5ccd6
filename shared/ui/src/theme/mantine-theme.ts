import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
} from '@mantine/core';

const opensWhenAsked = { defaultProps: { openOnFocus: false } };

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
  components: {
    // By name, without the components' own types: to import them here would load them with the first page.
    // Their own choice is white, which cannot be told from the dark scheme's primary colour.
    Checkbox: { defaultProps: { iconColor: 'var(--on-primary)' } },
    Radio: { defaultProps: { iconColor: 'var(--on-primary)' } },
    // A list that opens as the focus passes covers what comes next in the form.
    ...{ Select: opensWhenAsked, MultiSelect: opensWhenAsked, TagsInput: opensWhenAsked },
  },
  // Contrast is worked out once, for the light scheme's shade; the token knows both schemes.
  variantColorResolver: (input) => {
    const resolved = defaultVariantColorsResolver(input);
    const isPrimary = (input.color ?? input.theme.primaryColor) === 'threshold';
    return input.variant === 'filled' && isPrimary ? { ...resolved, color: 'var(--on-primary)' } : resolved;
  },
});

const tokens = {
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
  '--mantine-primary-color-contrast': 'var(--on-primary)',
};

/**
 * Binds Mantine's variables to the tokens, so that both name one value. Mantine sets its own per scheme, with a stronger
 * selector than that of `variables`.
 */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: tokens,
  // Where the light scheme draws edges of controls in gray-4, which is the token, the dark one does in dark-4.
  dark: { ...tokens, '--mantine-color-dark-4': 'var(--edge)' },
});
