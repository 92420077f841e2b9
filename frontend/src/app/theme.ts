import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** The one accent: a deep blue-green, at least 4.5:1 on white from the sixth shade on. */
const sea: MantineColorsTuple = [
  '#e9f4f6',
  '#d3e6e9',
  '#a6cdd3',
  '#76b2bc',
  '#4f9aa7',
  '#2b7f8d',
  '#156876',
  '#0b5563',
  '#083f4a',
  '#062e37',
];
/** Red is for what is late or cannot be taken back. */
const red: MantineColorsTuple = [
  '#fbeceb',
  '#f5d3d1',
  '#eaa5a1',
  '#dd726c',
  '#cf473f',
  '#bd2f27',
  '#b0251d',
  '#a3201a',
  '#861813',
  '#66110d',
];

export const theme = createTheme({
  primaryColor: 'sea',
  primaryShade: 7,
  colors: { sea, red },
  fontFamily: "'Be Vietnam Pro', system-ui, sans-serif",
  headings: { fontFamily: 'inherit', fontWeight: '600' },
  defaultRadius: 6,
  focusRing: 'never',
  components: {
    TextInput: { defaultProps: { size: 'md' } },
    PasswordInput: { defaultProps: { size: 'md' } },
    NativeSelect: { defaultProps: { size: 'md' } },
    Textarea: { defaultProps: { size: 'md' } },
    Checkbox: { defaultProps: { size: 'md' } },
    Radio: { defaultProps: { size: 'md' } },
    Button: { defaultProps: { size: 'md' } },
    ModalRoot: { defaultProps: { centered: true } },
    ModalTitle: { styles: { title: { fontSize: '1.125rem', fontWeight: 600 } } },
  },
});

/** Mantine's default greys are too pale for 4.5:1 in places; these are not. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-text': '#14252b',
    '--mantine-color-dimmed': '#465860',
    '--mantine-color-placeholder': '#5f7076',
    '--mantine-color-error': '#a3201a',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-default-border': '#8a9a9d',
    '--mantine-font-size-md': '1rem',
    '--input-label-size': '0.9375rem',
  },
  light: {
    '--mantine-color-text': '#14252b',
    '--mantine-color-dimmed': '#465860',
    '--mantine-color-placeholder': '#5f7076',
    '--mantine-color-error': '#a3201a',
    '--mantine-color-default-border': '#8a9a9d',
  },
  dark: {},
});
