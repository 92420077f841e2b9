import { describe, expect, it } from 'vitest';
import type { Questionnaire, SurveyQuestion } from '@/shared/api/types';
import { answersOf, askedOf, choose, figureOf, isAnswered, nothing, stepped, type Answers } from './rules';

const both = (text: string) => ({ vi: text, en: text });
const question = (id: string, rest: Partial<SurveyQuestion>): SurveyQuestion => ({
  id,
  kind: 'likert',
  text: both(id),
  required: false,
  overall: false,
  ...rest,
});
const options = ['yes', 'no'].map((id) => ({ id, text: both(id) }));
const asks: Questionnaire = {
  code: 'thu',
  title: both('Thử'),
  questions: [
    question('paid', { kind: 'single', options, required: true }),
    question('what', { kind: 'text', show_if: { question: 'paid', any_of: ['yes'] } }),
    question('often', { kind: 'number', max: 20 }),
    question('which', { kind: 'multiple', options, show_if: { question: 'paid', any_of: ['yes'] } }),
    question('more', { kind: 'text', show_if: { question: 'which', any_of: ['no'] } }),
  ],
};
const ids = (answers: Answers) => askedOf(asks, answers).map(({ id }) => id);
const yes: Answers = { paid: { ...nothing, choices: ['yes'] } };

describe('which questions are asked', () => {
  it('leaves out what comes only after an answer that was not given', () => {
    expect(ids({})).toEqual(['paid', 'often']);
    expect(ids(yes)).toEqual(['paid', 'what', 'often', 'which']);
    expect(ids({ paid: { ...nothing, choices: ['no'] } })).toEqual(['paid', 'often']);
  });

  it('does not ask after an answer to a question that is itself no longer asked', () => {
    const which = { ...nothing, choices: ['no'] };
    expect(ids({ ...yes, which })).toContain('more');
    expect(ids({ which })).not.toContain('more');
  });
});

describe('what is sent', () => {
  it('is what each kind wants, and nothing that was left open', () => {
    const given: Answers = {
      ...yes,
      what: { ...nothing, text: '  trà nước ' },
      often: { ...nothing, number: 0 },
      which: nothing,
    };
    expect(answersOf(asks, given)).toEqual([
      { question: 'paid', choices: ['yes'] },
      { question: 'what', text: 'trà nước' },
      { question: 'often', number: 0 },
    ]);
  });

  it('leaves out what was answered on a branch that was left again', () => {
    const given: Answers = { paid: { ...nothing, choices: ['no'] }, what: { ...nothing, text: 'x' } };
    expect(answersOf(asks, given)).toEqual([{ question: 'paid', choices: ['no'] }]);
  });
});

it('chooses one of several, or any of several', () => {
  const [single, , , multiple] = asks.questions;
  if (!single || !multiple) throw new Error('there are five');
  const one = choose(single, choose(single, nothing, 'yes', true), 'no', true);
  expect(one.choices).toEqual(['no']);
  const two = choose(multiple, choose(multiple, nothing, 'yes', true), 'no', true);
  expect(two.choices).toEqual(['yes', 'no']);
  expect(choose(multiple, two, 'yes', false).choices).toEqual(['no']);
  expect(isAnswered(multiple, choose(multiple, one, 'no', false))).toBe(false);
});

it('keeps figures within what may be answered', () => {
  expect(stepped(null, 1, 20)).toBe(0);
  expect(stepped(0, -1, 20)).toBe(0);
  expect(stepped(20, 1, 20)).toBe(20);
  expect(figureOf('1x2', 20)).toBe(12);
  expect(figureOf('99', 20)).toBe(20);
  expect(figureOf('', 20)).toBeNull();
});
