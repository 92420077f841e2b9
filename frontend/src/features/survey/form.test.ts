import { describe, expect, it } from 'vitest';
import type { Questionnaire } from '@/shared/api/types';
import { emptyForm, emptyQuestion, fieldOf, marksOf, ofKind, toBody, toForm, toTry, wordFrom } from './form';

const both = (vi: string, en = vi) => ({ vi, en });
const whole: Questionnaire = {
  code: 'rieng',
  title: both('Phiếu của phường', 'The ward’s'),
  intro: both('Không ghi tên.', ''),
  source: 'Nghị định 61/2018/NĐ-CP Điều 31',
  factors: [{ id: 'officer', text: both('Công chức') }],
  questions: [
    {
      id: 'paid',
      kind: 'single',
      text: both('Có trả thêm tiền không?'),
      required: true,
      options: [
        { id: 'no', text: both('Không') },
        { id: 'yes', text: both('Có') },
      ],
      max: undefined,
      show_if: undefined,
      factor: undefined,
      about: undefined,
      overall: false,
      index: undefined,
    },
    {
      id: 'attitude',
      kind: 'likert',
      text: both('Thái độ'),
      required: false,
      options: undefined,
      max: undefined,
      show_if: { question: 'paid', any_of: ['yes'] },
      factor: 'officer',
      about: 'officer',
      overall: false,
      index: undefined,
    },
    {
      id: 'bodies',
      kind: 'number',
      text: both('Bao nhiêu cơ quan?'),
      required: false,
      options: undefined,
      max: 20,
      show_if: { question: 'attitude', any_of: ['1', '2'] },
      factor: undefined,
      about: undefined,
      overall: false,
      index: 4,
    },
  ],
};

describe('a questionnaire in its form', () => {
  it('comes out as it went in, with steps in the order in which they are shown', () => {
    const out = toBody(toForm(whole));
    expect(out.questions[2]?.show_if?.any_of).toEqual(['2', '1']);
    const asShown = structuredClone(whole);
    if (asShown.questions[2]?.show_if) asShown.questions[2].show_if.any_of = ['2', '1'];
    expect(out).toEqual(asShown);
  });

  it('keeps a condition with its question, wherever that is moved and whatever it is called', () => {
    const form = toForm(whole);
    const [paid, attitude, bodies] = form.questions;
    if (!paid || !attitude || !bodies) throw new Error('there are three');
    const moved = toBody({
      ...form,
      questions: [bodies, { ...paid, id: 'tien', options: paid.options.toReversed() }, attitude],
    });
    expect(moved.questions[2]?.show_if).toEqual({ question: 'tien', any_of: ['yes'] });
  });

  it('gives new rows a word of their own, and lets those that are there keep theirs', () => {
    const form = toForm(whole);
    const added = { ...emptyQuestion(), text: both('Bodies') };
    const [a, b] = added.options;
    if (!a || !b) throw new Error('there are two');
    added.options = [
      { ...a, text: both('Rất tốt') },
      { ...b, text: both('Rất tốt') },
    ];
    const body = toBody({ ...form, questions: [...form.questions, added] });
    expect(body.questions.map(({ id }) => id)).toEqual(['paid', 'attitude', 'bodies', 'bodies_2']);
    expect(body.questions[3]?.options?.map(({ id }) => id)).toEqual(['rat_tot', 'rat_tot_2']);
  });

  it('is tried under names that no letter typed changes', () => {
    const form = toForm(whole);
    const typed = {
      ...form,
      questions: form.questions.map((q) => ({ ...q, id: '', text: both(`${q.text.vi}!`) })),
    };
    expect(toTry(typed).questions.map(({ id }) => id)).toEqual(toTry(form).questions.map(({ id }) => id));
    // What is not worded yet is seen as such, never as nothing.
    expect(toTry(emptyForm()).questions[0]?.text).toEqual(both('…'));
  });
});

describe('another kind', () => {
  it('brings what it needs and lets go what it cannot have', () => {
    const faces = ofKind({ ...emptyQuestion(), overall: true }, 'faces');
    expect(faces.options.map(({ id }) => id)).toEqual(['good', 'fair', 'bad']);
    const figure = ofKind(faces, 'number');
    expect([figure.max, figure.overall]).toEqual([20, false]);
    expect(ofKind({ ...figure, index: '3' }, 'text').index).toBe('');
    expect(ofKind(faces, 'single').options.map(({ text }) => text.vi)).toEqual(['', '']);
    expect(marksOf(ofKind(faces, 'likert')).map(({ mark }) => mark)).toEqual(['5', '4', '3', '2', '1']);
    expect(marksOf(figure)).toEqual([]);
  });

  it('keeps the options of who only looks at what another kind would be', () => {
    const [first] = emptyForm().questions;
    if (!first) throw new Error('there is one');
    const options = first.options.map((o) => ({ ...o, text: both('A') }));
    expect(ofKind(ofKind({ ...first, options }, 'likert'), 'single').options).toBe(options);
  });
});

it('makes words as the server wants them', () => {
  expect(wordFrom('Thái độ của công chức', 'cau')).toBe('thai_do_cua_cong_chuc');
  expect(wordFrom('9 câu hỏi', 'cau')).toBe('cau_hoi');
  expect(wordFrom('???', 'cau')).toBe('cau');
  expect(wordFrom('Thời gian trả kết quả so với giấy hẹn thế nào', 'cau').length).toBeLessThanOrEqual(32);
});

it('puts complaints where they are answered', () => {
  expect(fieldOf('/questions/0/options')).toBe('questions/0/options/new');
  expect(fieldOf('/questions')).toBe('questions/new');
  expect(fieldOf('/questions/1/options/2/id')).toBe('questions/1/options/2/text/vi');
  expect(fieldOf('/questions/1/show_if')).toBe('questions/1/show_if');
  expect(fieldOf('/title/en')).toBe('title/en');
});
