import { describe, expect, it } from 'vitest';
import { grouped, minutesLeft } from './words';

describe('a payment request in words', () => {
  it('is waited for in whole minutes, never in fewer than none', () => {
    const now = new Date('2026-11-29T09:00:00+07:00').getTime();
    expect(minutesLeft('2026-11-29T09:30:00+07:00', now)).toBe(30);
    expect(minutesLeft('2026-11-29T09:30:04+07:00', now)).toBe(30);
    expect(minutesLeft('2026-11-29T09:00:01+07:00', now)).toBe(1);
    expect(minutesLeft('2026-11-29T08:00:00+07:00', now)).toBe(0);
  });

  it('shows its reference in groups, and one of another form as it is', () => {
    expect(grouped('MC2611290004255')).toBe('MC 261129 00042 55');
    expect(grouped('XYZ')).toBe('XYZ');
  });
});
