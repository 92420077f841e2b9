import { expect, it } from 'vitest';
import { marginOf } from './margin';

it('a margin is read with a comma or a point, from a hundredth of a percent to fifty', () => {
  expect(['5', '3,5', '2.25', ' 50 ', '0,01'].map(marginOf)).toEqual([500, 350, 225, 5000, 1]);
  expect(['', '0', '51', '5%', '-5', '1,234', 'năm'].map(marginOf)).toEqual(Array(7).fill(undefined));
});
