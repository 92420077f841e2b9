import { describe, expect, it } from 'vitest';
import { isOutOfRange, numbersOf } from './numbers';

describe('the numbers that are taken out', () => {
  it('begin with the first and go on as far as is given', () => {
    expect(numbersOf('', '')).toEqual({ from: 1, to: undefined });
    expect(numbersOf('0', '')).toEqual({ from: 1, to: undefined });
    expect(numbersOf('12', '40')).toEqual({ from: 12, to: 40 });
  });

  it('are a thousand at most, and the last is not before the first', () => {
    const wrong = (from: string, to: string) => isOutOfRange(numbersOf(from, to));
    expect(wrong('5', '')).toBe(false);
    expect(wrong('5', '5')).toBe(false);
    expect(wrong('5', '4')).toBe(true);
    expect(wrong('5', '0')).toBe(true);
    expect(wrong('5', '1004')).toBe(false);
    expect(wrong('5', '1005')).toBe(true);
  });
});
