import { describe, expect, it } from 'vitest';
import { formatScore, isIndex, partsOf, quartersUntil } from './words';

describe('quarters', () => {
  it('go back from the one that a day lies in', () => {
    expect(quartersUntil('2026-04-01', 3)).toEqual(['2026-Q2', '2026-Q1', '2025-Q4']);
    expect(quartersUntil('2026-12-31', 1)).toEqual(['2026-Q4']);
    expect(quartersUntil('2026-01-01', 2)).toEqual(['2026-Q1', '2025-Q4']);
  });

  it('come apart', () => {
    expect(partsOf('2026-Q3')).toEqual({ year: '2026', number: '3' });
  });
});

describe('scores', () => {
  it('have one decimal, and nothing where nobody counted', () => {
    expect(formatScore(15, 'vi')).toBe('15,0');
    expect(formatScore(1.3, 'en')).toBe('1.3');
    expect(formatScore(null, 'vi')).toBeUndefined();
    expect(formatScore(0, 'vi')).toBe('0,0');
  });

  it('are of nine indices', () => {
    expect([0, 1, 9, 10, '1', undefined].map(isIndex)).toEqual([false, true, true, false, false, false]);
  });
});
