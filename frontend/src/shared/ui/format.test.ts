import { describe, expect, it } from 'vitest';
import {
  bookYears,
  dayAfter,
  formatBirthDate,
  formatDateTime,
  formatSpokenDate,
  formatVnd,
  groupVnd,
  localDate,
  parseBirthDate,
  parseVnd,
  toVietnamInstant,
} from './format';

describe('dates', () => {
  it('are Vietnamese dates, wherever the computer thinks it is', () => {
    expect(formatDateTime('2026-03-02T17:30:00Z')).toBe('00:30\u00a003/03/2026');
    expect(localDate(new Date('2026-03-02T17:30:00Z'))).toBe('2026-03-03');
    expect(toVietnamInstant(new Date('2026-03-02T17:30:00Z'))).toBe('2026-03-03T00:30:00+07:00');
  });
  it('are said with the weekday, the number a word of its own', () => {
    expect(formatSpokenDate('2026-03-02', 'en')).toMatch(/^Monday,? 2 March 2026$/);
    expect(formatSpokenDate('2026-03-02', 'vi')).toMatch(/^Thứ Hai, (ngày )?2 tháng 3,? (năm )?2026$/);
  });
  it('of birth are read as they are written', () => {
    expect(parseBirthDate('9/3/1984')).toBe('1984-03-09');
    expect(parseBirthDate(' 1984 ')).toBe('1984');
    expect(parseBirthDate('31.12.1990')).toBe('1990-12-31');
    expect(formatBirthDate('1984-03-09')).toBe('09/03/1984');
    expect(formatBirthDate('1984')).toBe('1984');
  });
});

describe('the years of books', () => {
  it('are this one by Vietnam’s clock, and those before it', () => {
    expect(bookYears(new Date('2026-12-31T18:00:00Z'))).toEqual([2027, 2026, 2025]);
    expect(bookYears(new Date('2024-03-02T00:00:00Z'))).toEqual([2024]);
  });
});

describe('the day after', () => {
  it('crosses months and years', () => {
    expect(dayAfter('2026-02-28')).toBe('2026-03-01');
    expect(dayAfter('2026-12-31')).toBe('2027-01-01');
  });
});

describe('amounts', () => {
  it('are grouped as in Vietnam', () => {
    expect(formatVnd(1_000_000)).toBe('1.000.000\u00a0đ');
    expect(groupVnd(null)).toBe('');
  });
  it('are read however they are typed, whole đồng only', () => {
    expect(parseVnd('1.000.000')).toBe(1_000_000);
    expect(parseVnd('150 000 đ')).toBe(150_000);
    expect(parseVnd('007')).toBe(7);
    expect(parseVnd('đồng')).toBeNull();
    expect(parseVnd('99999999999999')).toBe(9_999_999_999_999);
  });
});
