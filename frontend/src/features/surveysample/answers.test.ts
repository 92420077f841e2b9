import { describe, expect, it } from 'vitest';
import type { Questionnaire } from '@/shared/api/types';
import { answersOf, askedOf, missingOf, type Entries } from './answers';

const text = (vi: string) => ({ vi, en: vi });
const asked = {
  code: 'thu',
  title: text('Thử'),
  questions: [
    { id: 'used', kind: 'single', text: text('Có dùng không?'), options: [{ id: 'yes', text: text('Có') }] },
    {
      id: 'how',
      kind: 'likert',
      text: text('Thế nào?'),
      show_if: { question: 'used', any_of: ['yes'] },
      required: true,
    },
    { id: 'why', kind: 'text', text: text('Vì sao?'), show_if: { question: 'how', any_of: ['1'] } },
    { id: 'times', kind: 'number', text: text('Mấy lần?'), max: 20 },
  ],
} as unknown as Questionnaire;

const chosen = (...choices: string[]) => ({ choices, typed: '' });
const typed = (words: string) => ({ choices: [], typed: words });

describe('entering what somebody answered', () => {
  it('asks what follows from what was said', () => {
    const ids = (entries: Entries) => askedOf(asked, entries).map((q) => q.id);
    expect(ids({})).toEqual(['used', 'times']);
    expect(ids({ used: chosen('yes'), how: chosen('1') })).toEqual(['used', 'how', 'why', 'times']);
    // What was said to a question that is no longer asked asks nothing either.
    expect(ids({ used: chosen(), how: chosen('1') })).toEqual(['used', 'times']);
  });

  it('sends each answer in its kind, and nothing that is not asked or not answered', () => {
    const entries = { used: chosen(), how: chosen('1'), why: typed('x'), times: typed('0') };
    expect(answersOf(asked, entries)).toEqual([{ question: 'times', number: 0 }]);
    const more = { used: chosen('yes'), how: chosen('1'), why: typed('Lâu'), times: typed(' ') };
    expect(answersOf(asked, more)).toEqual([
      { question: 'used', choices: ['yes'] },
      { question: 'how', choices: ['1'] },
      { question: 'why', text: 'Lâu' },
    ]);
  });

  it('misses only what is asked and must be answered', () => {
    expect(missingOf(asked, {})).toEqual([]);
    expect(missingOf(asked, { used: chosen('yes') })).toEqual(['how']);
  });
});
