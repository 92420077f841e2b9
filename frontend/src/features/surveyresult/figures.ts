import type { Questionnaire, SurveyQuestion, SurveyQuestionResult, SurveySlice } from '@/shared/api/types';

/** Words in both languages. */
export interface Bilingual {
  vi: string;
  en: string;
}

/** What is said in the language of the screen. */
export const said = (text: Bilingual, language: string): string => (language === 'en' ? text.en : text.vi);

const locale = (language: string) => (language === 'en' ? 'en-GB' : 'vi-VN');

/** 88,8 % as it is written in Vietnamese, 88.8% in English. */
export function formatPercent(value: number, language: string): string {
  const figure = new Intl.NumberFormat(locale(language), { maximumFractionDigits: 1 }).format(value);
  return language === 'en' ? `${figure}%` : `${figure}\u00a0%`;
}

/** 1.234 as it is written in Vietnamese, 1,234 in English. */
export const formatCount = (value: number, language: string): string =>
  new Intl.NumberFormat(locale(language)).format(value);

export const sliceKinds = ['whole', 'authority', 'field', 'channel'] as const;
export type SliceKind = (typeof sliceKinds)[number];

/** What kind of group a slice of the results is. */
export function kindOf(slice: Pick<SurveySlice, 'authority_id' | 'field' | 'channel'>): SliceKind {
  if (slice.channel) return 'channel';
  if (slice.field) return 'field';
  return slice.authority_id ? 'authority' : 'whole';
}

/** What tells one slice from all others. */
export const keyOf = (slice: Pick<SurveySlice, 'authority_id' | 'field' | 'channel'>): string =>
  [slice.authority_id, slice.field, slice.channel].map((part) => part ?? '').join('|');

/** The five steps of satisfaction, from the least. */
export const STEPS = ['1', '2', '3', '4', '5'] as const;
export type Step = (typeof STEPS)[number];

/** One choice of a question with how many took it. */
export interface Choice {
  choice: string;
  /** How it reads; nothing for a step, whose words are the screen's, and for a figure. */
  text?: Bilingual;
  n: number;
}

/** Every choice of a question in its order, also those nobody took; for a figure those that were told, the least first. */
export function choicesOf(question: SurveyQuestion, result: SurveyQuestionResult): Choice[] {
  const counts = new Map(result.counts.map((c) => [c.choice, c.n]));
  const of = (choice: string) => counts.get(choice) ?? 0;
  switch (question.kind) {
    case 'likert':
      return [...STEPS].reverse().map((choice) => ({ choice, n: of(choice) }));
    case 'number':
      return [...counts]
        .map(([choice, n]) => ({ choice, n }))
        .sort((a, b) => Number(a.choice) - Number(b.choice));
    case 'text':
      return [];
    default:
      return (question.options ?? []).map((o) => ({ choice: o.id, text: o.text, n: of(o.id) }));
  }
}

/** How many of all were in per cent; nothing of nobody. */
export const percentOf = (n: number, whole: number): number => (whole > 0 ? (n / whole) * 100 : 0);

/** What was chosen most where more than one thing could be, the most first: the reasons somebody gave. */
export function reasonsOf(
  questionnaire: Questionnaire,
  slice: SurveySlice,
  most: number,
): { question: SurveyQuestion; n: number; chosen: Choice[] }[] {
  return questionnaire.questions.flatMap((question) => {
    if (question.kind !== 'multiple') return [];
    const result = slice.questions.find((r) => r.question === question.id);
    if (!result) return [];
    const chosen = choicesOf(question, result)
      .filter((c) => c.n > 0)
      .sort((a, b) => b.n - a.n)
      .slice(0, most);
    return [{ question, n: result.n, chosen }];
  });
}

/** The names of the fields by the letter they are kept by; a letter stands for several. */
export function fieldNames(procedures: { field_code: string; field: string }[]): Map<string, string> {
  const names = new Map<string, Set<string>>();
  for (const { field_code, field } of procedures)
    names.set(field_code, (names.get(field_code) ?? new Set()).add(field));
  return new Map(
    [...names].map(([code, all]) => [code, [...all].sort((a, b) => a.localeCompare(b, 'vi')).join(', ')]),
  );
}
