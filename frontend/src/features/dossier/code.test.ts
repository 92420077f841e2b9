import { expect, it } from 'vitest';
import { codeIn } from './code';

it.each([
  ['H26.14.100-260302-0001', 'H26.14.100-260302-0001'],
  ['  h26.14.100-260302-0001 ', 'H26.14.100-260302-0001'],
  ['https://motcua.example.vn/tra-cuu?ma=H26.14.100-260302-0001', 'H26.14.100-260302-0001'],
  ['0001', '0001'],
])('finds the code in %s', (text, code) => {
  expect(codeIn(text)).toBe(code);
});
