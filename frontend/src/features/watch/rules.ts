import type { NewWatchRules, WatchRules } from '@/shared/api/types';

export const numbers = ['paused_too_long_days', 'lapse_warning_days', 'supplement_reply_days'] as const;
export const switches = ['hours_by_moment', 'refuse_lapsed_intake', 'stop_lapsed'] as const;

/** The rules as they are typed: numbers are texts until they are sent. */
export type TypedRules = Record<(typeof numbers)[number], string> &
  Record<(typeof switches)[number], boolean>;

export const typed = (rules: WatchRules): TypedRules => ({
  ...rules,
  paused_too_long_days: String(rules.paused_too_long_days),
  lapse_warning_days: String(rules.lapse_warning_days),
  supplement_reply_days: String(rules.supplement_reply_days),
});

/** The numbers that are none or out of their range; the server says the same. */
export const wrong = (rules: TypedRules): (typeof numbers)[number][] =>
  numbers.filter(
    (key) => !/^\d{1,3}$/.test(rules[key]) || Number(rules[key]) < 1 || Number(rules[key]) > 365,
  );

export const toSend = (rules: TypedRules): NewWatchRules => ({
  paused_too_long_days: Number(rules.paused_too_long_days),
  lapse_warning_days: Number(rules.lapse_warning_days),
  supplement_reply_days: Number(rules.supplement_reply_days),
  hours_by_moment: rules.hours_by_moment,
  refuse_lapsed_intake: rules.refuse_lapsed_intake,
  stop_lapsed: rules.stop_lapsed,
});
