import { expect, it } from 'vitest';
import { toSend, typed, wrong } from './rules';

const rules = {
  centre_id: 'c',
  version: 0,
  paused_too_long_days: 30,
  lapse_warning_days: 5,
  supplement_reply_days: 30,
  hours_by_moment: true,
  refuse_lapsed_intake: true,
  stop_lapsed: false,
};

it('goes there and back, without what is not the rules’ own', () => {
  const { centre_id, version, ...own } = rules;
  expect([centre_id, version]).toEqual(['c', 0]);
  expect(toSend(typed(rules))).toEqual(own);
});

it('knows what is no number of days', () => {
  expect(wrong(typed(rules))).toEqual([]);
  expect(
    wrong({
      ...typed(rules),
      paused_too_long_days: '0',
      lapse_warning_days: '',
      supplement_reply_days: '366',
    }),
  ).toEqual(['paused_too_long_days', 'lapse_warning_days', 'supplement_reply_days']);
});
