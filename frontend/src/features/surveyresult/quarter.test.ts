import { describe, expect, it } from 'vitest';
import { isQuarter, quarterBefore, quarterOf, quartersOver, quartersUntil } from './quarter';

describe('quarters', () => {
  it('are three months each', () => {
    expect(['01', '03', '04', '06', '07', '09', '10', '12'].map((m) => quarterOf(`2026-${m}-15`))).toEqual(
      [1, 1, 2, 2, 3, 3, 4, 4].map((q) => `2026-Q${q}`),
    );
  });

  it('go back over the new year', () => {
    expect(quarterBefore('2026-Q1')).toBe('2025-Q4');
    expect(quarterBefore('2026-Q4')).toBe('2026-Q3');
  });

  it('are listed from this one back to the first in which wards served', () => {
    // Still the year before in London, the new one in Hà Nội.
    const now = new Date('2026-06-30T18:00:00Z');
    expect(quartersUntil(now)).toEqual(['2026-Q3', '2026-Q2', '2026-Q1', '2025-Q4', '2025-Q3']);
    expect(quartersOver(now)).toEqual(['2026-Q2', '2026-Q1', '2025-Q4', '2025-Q3']);
    expect(quartersOver(new Date('2025-07-02T00:00:00Z'))).toEqual(['2025-Q2']);
  });

  it('are read from an address as they are written', () => {
    expect(isQuarter('2026-Q4')).toBe(true);
    for (const no of ['2026-Q5', '2026Q4', '1999-Q1', '', 4, undefined]) expect(isQuarter(no)).toBe(false);
  });
});
