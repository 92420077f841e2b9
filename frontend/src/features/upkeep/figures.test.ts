import { describe, expect, it } from 'vitest';
import { isLocal, nameOf, readLimit } from './figures';

describe('a figure to check', () => {
  it('that is a limit is read back into amount and unit', () => {
    expect(readLimit('5 working_day')).toEqual({ amount: 5, unit: 'working_day' });
    expect(readLimit('1 same_day')).toEqual({ amount: 1, unit: 'same_day' });
    expect(readLimit('')).toBeNull();
    expect(readLimit('5 weeks')).toBeNull();
    expect(readLimit('50.000 đồng')).toBeNull();
  });

  it('is named by its path', () => {
    expect(nameOf({ kind: 'limit', path: '/limits/direct' })).toBe('limit_direct');
    expect(nameOf({ kind: 'limit', path: '/local/limits/online' })).toBe('limit_online');
    expect(nameOf({ kind: 'fee', path: '/fees/le_phi' })).toBe('fee');
    expect(isLocal('/local/fees/le_phi')).toBe(true);
    expect(isLocal('/fees/le_phi')).toBe(false);
  });
});
