import { describe, expect, it } from 'vitest';
import type { Questionnaire, SurveyQuestion, SurveySlice } from '@/shared/api/types';
import { choicesOf, fieldNames, formatPercent, kindOf, percentOf, reasonsOf } from './figures';

const text = (vi: string) => ({ vi, en: vi });
const reasons = {
  id: 'reasons',
  kind: 'multiple',
  text: text('Điều gì chưa tốt?'),
  options: [
    { id: 'wait', text: text('Phải chờ lâu') },
    { id: 'late', text: text('Trễ hẹn') },
    { id: 'place', text: text('Chỗ ngồi') },
  ],
} as SurveyQuestion;

describe('figures of answers', () => {
  it('are written as each language writes them', () => {
    expect(formatPercent(88.75, 'vi')).toBe('88,8\u00a0%');
    expect(formatPercent(88.75, 'en')).toBe('88.8%');
    expect(formatPercent(100, 'vi')).toBe('100\u00a0%');
  });

  it('are parts of a whole, and nothing of nobody', () => {
    expect(percentOf(1, 4)).toBe(25);
    expect(percentOf(0, 0)).toBe(0);
  });

  it('tell every choice in its order, also those nobody took', () => {
    const result = { question: 'reasons', n: 6, counts: [{ choice: 'late', n: 6 }] };
    expect(choicesOf(reasons, result).map((c) => [c.choice, c.n])).toEqual([
      ['wait', 0],
      ['late', 6],
      ['place', 0],
    ]);
    const likert = { id: 'overall', kind: 'likert', text: text('Chung') } as SurveyQuestion;
    const five = { question: 'overall', n: 5, counts: [{ choice: '5', n: 5 }] };
    expect(choicesOf(likert, five).map((c) => c.choice)).toEqual(['5', '4', '3', '2', '1']);
    const number = { id: 'bodies', kind: 'number', text: text('Số lần'), max: 20 } as SurveyQuestion;
    const counts = { question: 'bodies', n: 7, counts: ['10', '2'].map((choice) => ({ choice, n: 3 })) };
    expect(choicesOf(number, counts).map((c) => c.choice)).toEqual(['2', '10']);
  });

  it('name the reasons chosen most first', () => {
    const slice = {
      questions: [
        {
          question: 'reasons',
          n: 9,
          counts: [
            { choice: 'wait', n: 5 },
            { choice: 'place', n: 8 },
          ],
        },
      ],
    } as SurveySlice;
    const asked = { questions: [reasons] } as Questionnaire;
    expect(reasonsOf(asked, slice, 1)[0]?.chosen.map((c) => c.choice)).toEqual(['place']);
    expect(reasonsOf(asked, { questions: [] } as unknown as SurveySlice, 3)).toEqual([]);
  });

  it('belong to a whole, a ward, a field of it, or a channel', () => {
    expect(kindOf({})).toBe('whole');
    expect(kindOf({ authority_id: 'a' })).toBe('authority');
    expect(kindOf({ authority_id: 'a', field: 'A' })).toBe('field');
    expect(kindOf({ channel: 'kiosk' })).toBe('channel');
  });

  it('are of fields of which a letter stands for several', () => {
    const names = fieldNames([
      { field_code: 'F', field: 'Hoạt động xây dựng' },
      { field_code: 'F', field: 'Đất đai' },
      { field_code: 'F', field: 'Đất đai' },
    ]);
    expect(names.get('F')).toBe('Đất đai, Hoạt động xây dựng');
  });
});
