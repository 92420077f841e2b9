import type { Questionnaire, SurveyAnswer, SurveyQuestion } from '@/shared/api/types';

/** What was said to a question as it is being entered. */
export interface Entered {
  choices: string[];
  /** A figure or words as typed. */
  typed: string;
}

export type Entries = Record<string, Entered>;

const nothing: Entered = { choices: [], typed: '' };

export const enteredOf = (entries: Entries, id: string): Entered => entries[id] ?? nothing;

/** The questions that are asked after what was said so far; what an unasked question was answered before counts for nothing. */
export function askedOf(questionnaire: Questionnaire, entries: Entries): SurveyQuestion[] {
  const asked: SurveyQuestion[] = [];
  for (const question of questionnaire.questions) {
    const when = question.show_if;
    const before = when && asked.find((q) => q.id === when.question);
    if (!when || (before && enteredOf(entries, before.id).choices.some((c) => when.any_of.includes(c))))
      asked.push(question);
  }
  return asked;
}

const isAnswered = (question: SurveyQuestion, { choices, typed }: Entered) =>
  question.kind === 'number' || question.kind === 'text' ? typed.trim() !== '' : choices.length > 0;

/** What must be answered and is not. */
export const missingOf = (questionnaire: Questionnaire, entries: Entries): string[] =>
  askedOf(questionnaire, entries)
    .filter((q) => q.required && !isAnswered(q, enteredOf(entries, q.id)))
    .map((q) => q.id);

/** What was said, as it is sent: question by question, unanswered ones left out. */
export const answersOf = (questionnaire: Questionnaire, entries: Entries): SurveyAnswer[] =>
  askedOf(questionnaire, entries).flatMap((q): SurveyAnswer[] => {
    const entered = enteredOf(entries, q.id);
    if (!isAnswered(q, entered)) return [];
    if (q.kind === 'number') return [{ question: q.id, number: Number(entered.typed) }];
    if (q.kind === 'text') return [{ question: q.id, text: entered.typed }];
    return [{ question: q.id, choices: entered.choices }];
  });
