import type { IndexResult, IndexSnapshot } from '@/shared/api/types';

/** The indices of a unit; an officer has five of them. */
export const unitIndices = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
export const officerIndices = [1, 2, 3, 4, 7] as const;
export type IndexNumber = (typeof unitIndices)[number];

export const isIndex = (n: unknown): n is IndexNumber => unitIndices.some((i) => i === n);

/** Points that nobody can have more of, with all indices known. */
export const MOST_OF_A_UNIT = 18;

const locale = (language: string) => (language === 'en' ? 'en-GB' : 'vi-VN');

/** A score as it is written: one decimal; nothing for what nobody counted. */
export const formatScore = (score: number | null | undefined, language: string, digits = 1) =>
  score === null || score === undefined
    ? undefined
    : score.toLocaleString(locale(language), {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      });

export const formatCount = (n: number, language: string) => n.toLocaleString(locale(language));

/** `2026-Q1` in its parts. */
export function partsOf(quarter: string): { year: string; number: string } {
  const [year = '', number = ''] = quarter.split('-Q');
  return { year, number };
}

/** The quarter that a day lies in, and those before it: what is worked out is the last that is over. */
export function quartersUntil(day: string, count = 8): string[] {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const last = year * 4 + Math.floor((month - 1) / 3);
  return Array.from({ length: count }, (_, back) => {
    const at = last - back;
    return `${Math.floor(at / 4)}-Q${(at % 4) + 1}`;
  });
}

export const lineOf = (result: Pick<IndexResult, 'lines'>, index: IndexNumber) =>
  result.lines.find((l) => l.index === index);

/** The name of a unit: the authority's, or the centre's. */
export const nameOf = (result: IndexResult, whole: Pick<IndexSnapshot, 'centre'>) =>
  result.authority?.name ?? whole.centre;

/** The rows of Decision 766, as the portal calls them. */
const serviceRows = [
  'publish_on_time',
  'public_update_on_time',
  'public_content_full',
  'dossier_sync',
  'processed_on_time',
  'original_result_available',
  'so_hoa_giay_to_giai_quyet',
  'electronic_certified_copy',
  'reused_digitized_data',
  'synced_with_dvcqg_personal_storage',
  'citizen_data_connected_dossier',
  'citizen_data_connected_formality',
  'online_procedures',
  'online_services_with_dossiers',
  'online_dossiers',
  'paid_online',
  'procedures_with_online_payment',
  'fee_procedures_provided',
  'dossier_receiving_satisfaction',
  'petition_processing_on_time',
  'petition_handling_satisfaction',
] as const;

/** A row by its code, where it has a name here. */
export const serviceRow = (code: string) => serviceRows.find((row) => row === code);
