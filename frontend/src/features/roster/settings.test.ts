import { expect, it } from 'vitest';
import { settingsOf, typedSettings, wrongSettings } from './settings';

const seen = {
  warn_working_days: 5,
  leave_percent: 100,
  leave_source: 'Nghị định 61/2018/NĐ-CP',
  version: 0,
};

it('goes as it was read', () => {
  const { version, ...rest } = seen;
  expect(version).toBe(0);
  expect(settingsOf(typedSettings(seen))).toEqual(rest);
});

it('knows its bounds', () => {
  expect(wrongSettings({ warn_working_days: '20', leave_percent: '300', leave_source: 'x' })).toEqual([]);
  expect(wrongSettings({ warn_working_days: '0', leave_percent: '301', leave_source: ' ' })).toEqual([
    'warn_working_days',
    'leave_percent',
    'leave_source',
  ]);
});
