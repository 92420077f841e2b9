import { describe, expect, it } from 'vitest';
import { formatBirthDate, formatDateTime, localDate, parseBirthDate, toVietnamInstant } from './format';

describe('dates', () => {
  it('are Vietnamese dates, wherever the computer thinks it is', () => {
    expect(formatDateTime('2026-03-02T17:30:00Z')).toBe('00:30\u00a003/03/2026');
    expect(localDate(new Date('2026-03-02T17:30:00Z'))).toBe('2026-03-03');
    expect(toVietnamInstant(new Date('2026-03-02T17:30:00Z'))).toBe('2026-03-03T00:30:00+07:00');
  });
  it('of birth are read as they are written', () => {
    expect(parseBirthDate('9/3/1984')).toBe('1984-03-09');
    expect(parseBirthDate(' 1984 ')).toBe('1984');
    expect(parseBirthDate('31.12.1990')).toBe('1990-12-31');
    expect(formatBirthDate('1984-03-09')).toBe('09/03/1984');
    expect(formatBirthDate('1984')).toBe('1984');
  });
});
