import { describe, expect, it } from 'vitest';
import { spokenUnits, splitWorkingMinutes } from './remaining';

const say = (minutes: number) =>
  spokenUnits(splitWorkingMinutes(minutes))
    .map((u) => `${u.amount} ${u.unit}`)
    .join(' ');

describe('remaining working time', () => {
  it('is said in days and hours', () => {
    expect(say(2 * 480 + 3 * 60 + 20)).toBe('2 days 3 hours');
  });
  it('leaves out what is nought', () => {
    expect(say(480)).toBe('1 days');
    expect(say(60)).toBe('1 hours');
  });
  it('is said in hours and minutes on the last day', () => {
    expect(say(95)).toBe('1 hours 35 minutes');
  });
  it('says nought minutes rather than nothing', () => {
    expect(say(0)).toBe('0 minutes');
  });
  it('knows lateness by its sign', () => {
    expect(splitWorkingMinutes(-500)).toEqual({ late: true, days: 1, hours: 0, minutes: 20 });
    expect(splitWorkingMinutes(10).late).toBe(false);
  });
});
