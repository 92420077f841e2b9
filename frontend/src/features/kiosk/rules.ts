import type { Questionnaire, SurveyAnswer, SurveyQuestion } from '@/shared/api/types';

/** What was answered to one question. */
export interface Given {
  choices: string[];
  number: number | null;
  text: string;
}

/** By the question's word. */
export type Answers = Record<string, Given | undefined>;

/** The five steps, from the most satisfied as people expect to read them. */
export const STEPS = ['5', '4', '3', '2', '1'] as const;
export type Step = (typeof STEPS)[number];
/** The most letters of one's own words. */
export const MOST_TEXT = 1000;

export const nothing: Given = { choices: [], number: null, text: '' };

/** The questions that are asked after what was chosen so far: those of a branch only once it is chosen. */
export function askedOf({ questions }: Questionnaire, answers: Answers): SurveyQuestion[] {
  const asked: SurveyQuestion[] = [];
  for (const question of questions) {
    const when = question.show_if;
    const there = !when || asked.some(({ id }) => id === when.question);
    const chosen = when ? (answers[when.question]?.choices ?? []) : [];
    if (there && (!when || chosen.some((choice) => when.any_of.includes(choice)))) asked.push(question);
  }
  return asked;
}

export function isAnswered(question: SurveyQuestion, given: Given | undefined): boolean {
  if (!given) return false;
  if (question.kind === 'number') return given.number !== null;
  if (question.kind === 'text') return given.text.trim() !== '';
  return given.choices.length > 0;
}

/** What is sent: of every question that is asked and was answered, what its kind wants. */
export const answersOf = (questionnaire: Questionnaire, answers: Answers): SurveyAnswer[] =>
  askedOf(questionnaire, answers).flatMap((question): SurveyAnswer[] => {
    const given = answers[question.id];
    if (!given || !isAnswered(question, given)) return [];
    if (question.kind === 'number') return [{ question: question.id, number: given.number ?? 0 }];
    if (question.kind === 'text') return [{ question: question.id, text: given.text.trim() }];
    return [{ question: question.id, choices: given.choices }];
  });

/** A choice pressed: of several any, of others one. */
export const choose = (question: SurveyQuestion, given: Given, choice: string, on: boolean): Given => {
  if (question.kind !== 'multiple') return { ...given, choices: on ? [choice] : [] };
  const rest = given.choices.filter((each) => each !== choice);
  return { ...given, choices: on ? [...rest, choice] : rest };
};

/** A figure made larger or smaller by a press, within what may be answered. */
export const stepped = (now: number | null, by: 1 | -1, most: number): number =>
  now === null ? 0 : Math.min(Math.max(now + by, 0), most);

/** A figure as typed: digits only, none larger than may be answered. */
export function figureOf(typed: string, most: number): number | null {
  const digits = typed.replace(/\D/g, '').slice(0, 4);
  return digits === '' ? null : Math.min(Number(digits), most);
}
