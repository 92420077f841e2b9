import type { NewRosterSettings, RosterSettings } from '@/shared/api/types';

/** The rules as they stand in their fields. */
export interface TypedSettings {
  warn_working_days: string;
  leave_percent: string;
  leave_source: string;
}

export const typedSettings = (settings: RosterSettings): TypedSettings => ({
  warn_working_days: String(settings.warn_working_days),
  leave_percent: String(settings.leave_percent),
  leave_source: settings.leave_source,
});

const within = (typed: string, most: number) =>
  /^\d+$/.test(typed) && Number(typed) >= 1 && Number(typed) <= most;

/** Which fields cannot be sent as they are. */
export const wrongSettings = (now: TypedSettings): (keyof TypedSettings)[] => [
  ...(within(now.warn_working_days, 20) ? [] : ['warn_working_days' as const]),
  ...(within(now.leave_percent, 300) ? [] : ['leave_percent' as const]),
  ...(now.leave_source.trim() ? [] : ['leave_source' as const]),
];

export const settingsOf = (now: TypedSettings): NewRosterSettings => ({
  warn_working_days: Number(now.warn_working_days),
  leave_percent: Number(now.leave_percent),
  leave_source: now.leave_source.trim(),
});
