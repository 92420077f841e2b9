import { describe, expect, it } from 'vitest';
import { columnsOf, formatBooked, formatPeriod, isShown } from './words';

describe('what a statement says', () => {
  it('has no time where the sheet says only a day', () => {
    expect(formatBooked('2026-03-02T00:00:00+07:00')).toBe('02/03/2026');
    expect(formatBooked('2026-03-02T08:01:00+07:00')).toBe('08:01\u00a002/03/2026');
  });

  it('covers the days in Vietnam', () => {
    expect(formatPeriod('2026-03-01T23:30:00+07:00', '2026-03-31T00:00:00+07:00')).toBe(
      '01/03/2026 – 31/03/2026',
    );
    expect(formatPeriod('2026-03-01T17:00:00Z', '2026-03-02T16:59:00Z')).toBe('02/03/2026');
    expect(formatPeriod(null, null)).toBeNull();
  });

  it('is narrowed by a class or by what it lacks', () => {
    expect(['new', 'missing', 'treasury', 'known'].every(isShown)).toBe(true);
    expect([undefined, '', 'all', 'constructor'].some(isShown)).toBe(false);
  });

  it('names the columns that a refusal points at, in the order of the form', () => {
    expect(columnsOf(['/columns/reference', '/file', '/columns/credit'])).toEqual(['credit', 'reference']);
  });
});
