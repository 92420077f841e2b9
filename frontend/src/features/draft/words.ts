import type { FlagName } from './types';

/** The closed sets of the catalogue, in the order in which they are offered. */
export const certainties = ['law', 'seen', 'known', 'to_check'] as const;
export const units = [
  'working_day',
  'half_day',
  'working_hour',
  'calendar_day',
  'month',
  'same_day',
] as const;
export const feeKinds = ['phi', 'le_phi'] as const;
export const channels = ['any', 'direct', 'online', 'postal'] as const;
/** By when a fee line is to be paid. */
export const dues = ['before_handling', 'before_result', 'at_collection'] as const;
export const onlineLevels = ['full', 'partial', 'none'] as const;
/** The desks an internal workflow goes between. */
export const stepDesks = ['reception', 'handler', 'leader'] as const;
export const supplementModes = ['reset', 'resume'] as const;
export const ruleTypes = ['per_page', 'per_copy', 'per_case', 'per_event', 'percentage'] as const;
export const flagNames: FlagName[] = [
  'boundary_free',
  'on_the_spot',
  'no_due_date',
  'no_result',
  'authorised_filer_allowed',
  'mobile',
  'police',
  'multi_agency',
];

/**
 * The groups of the national list and the fields inside each, as the server knows them. The fields are data: they
 * stand in the catalogue as they are, whatever the language of the screen.
 */
export const groups = {
  A: ['Hộ tịch'],
  B: ['Chứng thực'],
  C: ['Đăng ký, quản lý cư trú', 'Cấp, quản lý căn cước'],
  D: ['Bảo trợ xã hội', 'Người có công', 'Giảm nghèo'],
  E: ['Đăng ký hộ kinh doanh'],
  F: ['Đất đai', 'Hoạt động xây dựng'],
  G: ['Nuôi con nuôi', 'Hòa giải ở cơ sở', 'Giáo dục và đào tạo', 'Văn bằng, chứng chỉ', 'Việc làm'],
} as const satisfies Record<string, readonly string[]>;

export type GroupCode = keyof typeof groups;
export const groupCodes = Object.keys(groups) as GroupCode[];

/** The fields of a group, and with them what stands there already, should the group not know it. */
export function fieldsOf(group: string, present = ''): string[] {
  const known: readonly string[] = group in groups ? groups[group as GroupCode] : [];
  return present === '' || known.includes(present) ? [...known] : [...known, present];
}
