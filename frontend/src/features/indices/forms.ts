import type { IndexUnitEntry, NewIndexSnapshot } from '@/shared/api/types';

/** What is typed about a unit; empty is «nobody knows». */
export interface UnitForm {
  received_part: string;
  received_whole: string;
  decided_part: string;
  decided_whole: string;
  posted: YesNo;
  published: YesNo;
  feedback_part: string;
  feedback_whole: string;
  prolonged: YesNo;
  /** Whether somebody has looked for upheld complaints. */
  looked: YesNo;
  upheld: string;
  bodies_points: string;
  bodies_counted: string;
  answers: string[];
  reason: string;
}
export type YesNo = '' | 'yes' | 'no';

export const emptyUnit: UnitForm = {
  received_part: '',
  received_whole: '',
  decided_part: '',
  decided_whole: '',
  posted: '',
  published: '',
  feedback_part: '',
  feedback_whole: '',
  prolonged: '',
  looked: '',
  upheld: '',
  bodies_points: '',
  bodies_counted: '',
  answers: ['', '', '', '', ''],
  reason: '',
};

const number = (typed: string) => (typed === '' ? 0 : Number(typed));
const part = (p: string, whole: string) =>
  p === '' && whole === '' ? undefined : { part: number(p), whole: number(whole) };
const yes = (typed: YesNo) => (typed === '' ? undefined : typed === 'yes');

/** Codes of dossiers, however they are set apart. */
export const codesOf = (typed: string) => typed.split(/[\s,;]+/).filter((code) => code !== '');

/** What is sent of a unit; nothing when nothing was typed. */
export function entryOf(form: UnitForm, authority: string | undefined): IndexUnitEntry | undefined {
  const said = {
    received_at_centre: part(form.received_part, form.received_whole),
    decided_at_centre: part(form.decided_part, form.decided_whole),
    posted: yes(form.posted),
    published: yes(form.published),
    feedback_on_time: part(form.feedback_part, form.feedback_whole),
    feedback_prolonged: yes(form.prolonged),
    upheld_dossiers: form.looked === 'yes' ? codesOf(form.upheld) : undefined,
    bodies:
      form.bodies_points === '' && form.bodies_counted === ''
        ? undefined
        : { points: number(form.bodies_points), counted: number(form.bodies_counted) },
    answers: form.answers.every((a) => a === '') ? undefined : form.answers.map(number),
  };
  if (Object.values(said).every((v) => v === undefined) && form.reason.trim() === '') return undefined;
  return { authority_id: authority, ...said, reason: form.reason };
}

/** An entry as it was typed: what was said before is begun with. */
export function typedUnit(entry: IndexUnitEntry): UnitForm {
  const text = (n: number | undefined) => (n === undefined ? '' : String(n));
  const word = (said?: boolean | null): YesNo => (said === true ? 'yes' : said === false ? 'no' : '');
  return {
    received_part: text(entry.received_at_centre?.part),
    received_whole: text(entry.received_at_centre?.whole),
    decided_part: text(entry.decided_at_centre?.part),
    decided_whole: text(entry.decided_at_centre?.whole),
    posted: word(entry.posted),
    published: word(entry.published),
    feedback_part: text(entry.feedback_on_time?.part),
    feedback_whole: text(entry.feedback_on_time?.whole),
    prolonged: word(entry.feedback_prolonged),
    looked: entry.upheld_dossiers ? 'yes' : '',
    upheld: entry.upheld_dossiers?.join(' ') ?? '',
    bodies_points: text(entry.bodies?.points),
    bodies_counted: text(entry.bodies?.counted),
    answers: entry.answers?.map(String) ?? emptyUnit.answers,
    reason: entry.reason,
  };
}

export interface MakeForm {
  quarter: string;
  cut_off: NonNullable<NewIndexSnapshot['cut_off']>;
  reason: string;
  /** By authority; `centre`: the centre as a whole. */
  units: Record<string, UnitForm>;
}

/** The centre as a whole among the units of a form. */
export const CENTRE = 'centre';

/** What is sent, and whose entry stands at which place of it. */
export function bodyOf(
  form: MakeForm,
  officers: NewIndexSnapshot['officers'],
): { body: NewIndexSnapshot; places: string[] } {
  const given = Object.entries(form.units).flatMap(([key, typed]) => {
    const entry = entryOf(typed, key === CENTRE ? undefined : key);
    return entry ? [{ key, entry }] : [];
  });
  return {
    places: given.map((g) => g.key),
    body: {
      quarter: form.quarter,
      cut_off: form.cut_off,
      reason: form.reason.trim() === '' ? undefined : form.reason,
      units: given.map((g) => g.entry),
      officers,
    },
  };
}
