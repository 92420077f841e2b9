import { describe, expect, it } from 'vitest';
import { grouped, isMoneyState, minutesLeft, tally } from './words';

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

describe('collections that are held against money', () => {
  const of = (...amounts: number[]) =>
    tally(
      8_000,
      amounts.map((amount_vnd) => ({ amount_vnd })),
    );

  it('lack something, are too much, or are as much', () => {
    expect(of()).toEqual({ picked_vnd: 0, difference_vnd: -8_000, standing: 'none' });
    expect(of(3_000)).toEqual({ picked_vnd: 3_000, difference_vnd: -5_000, standing: 'less' });
    expect(of(3_000, 8_000)).toEqual({ picked_vnd: 11_000, difference_vnd: 3_000, standing: 'more' });
    expect(of(3_000, 5_000)).toEqual({ picked_vnd: 8_000, difference_vnd: 0, standing: 'even' });
  });

  it('make money that is listed by itself', () => {
    expect(isMoneyState('placed')).toBe(true);
    expect(isMoneyState('nowhere')).toBe(false);
  });
});
