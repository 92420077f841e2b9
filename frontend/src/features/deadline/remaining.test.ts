import { describe, expect, it } from 'vitest';
import { isSoon, spoken, wholeHours } from './remaining';

const left = (days: number, minutes: number) => ({
  remaining_working_days: days,
  remaining_working_minutes: minutes,
});
const say = (days: number, minutes: number) =>
  spoken(left(days, minutes))
    .map((u) => `${u.amount} ${u.unit}`)
    .join(' ');

describe('remaining working time', () => {
  it('is said in days while the date is another day, whatever the shifts are', () => {
    expect(say(3, 1290)).toBe('3 days');
    expect(wholeHours(left(3, 1290))).toBe(21);
  });
  it('is said in hours and minutes on the day itself', () => {
    expect(say(0, 95)).toBe('1 hours 35 minutes');
    expect(say(0, 60)).toBe('1 hours');
    expect(say(0, 5)).toBe('5 minutes');
  });
  it('says nothing when the day is over', () => {
    expect(say(0, 0)).toBe('');
  });
  it('says how long it is late in the same words', () => {
    expect(say(-2, -700)).toBe('2 days');
    expect(say(0, -20)).toBe('20 minutes');
  });
  it('is soon up to the next working day', () => {
    expect([left(0, 10), left(1, 500), left(2, 600), left(-1, -5)].map(isSoon)).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect(isSoon({})).toBe(false);
  });
});
