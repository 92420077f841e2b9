import { describe, expect, it } from 'vitest';
import { ApiProblem } from '@/shared/api/problem';
import type { DeclarationField, DeclarationForm } from '@/shared/api/types';
import {
  contested,
  faultsOf,
  inOrder,
  keyOfPointer,
  leftOf,
  notFilled,
  partiesIn,
  shownValue,
  standing,
  toSend,
} from './filling';

const field = (key: string, part: Partial<DeclarationField> = {}): DeclarationField => ({
  key,
  name: { vi: key, en: key },
  kind: 'text',
  required: true,
  max_length: 60,
  options: [],
  card: null,
  past: false,
  in_words: false,
  ...part,
});
const name = (vi: string) => ({ vi, en: vi });
const form = {
  parties: [
    { key: 'declarant', name: name('Người yêu cầu'), declarant: true },
    { key: 'mother', name: name('Người mẹ'), declarant: false },
    { key: 'nobody', name: name('Không có phần nào'), declarant: false },
  ],
  sections: [
    { key: 'asks', name: name('Người yêu cầu'), party: 'declarant', fields: [field('full_name')] },
    { key: 'child', name: name('Trẻ'), party: null, fields: [field('full_name'), field('birth_date')] },
    { key: 'mother', name: name('Mẹ'), party: 'mother', fields: [field('full_name')] },
    { key: 'mother_more', name: name('Mẹ'), party: 'mother', fields: [field('address')] },
  ],
} as unknown as DeclarationForm;

const fault = (key: string, value = '') => ({ key, value, detail: 'Chưa có' });

describe('a refusal', () => {
  it('points at fields of the form', () => {
    expect(keyOfPointer('/values/mother~1full_name')).toBe('mother/full_name');
    expect(keyOfPointer('#/values/a~0b~1c')).toBe('a~b/c');
    expect(keyOfPointer('/party')).toBeNull();
    expect(keyOfPointer('/values')).toBeNull();
  });

  it('stands at its field until something else stands there', () => {
    const problem = new ApiProblem({
      status: 422,
      code: 'validation_failed',
      errors: [
        { pointer: '/values/child~1birth_date', code: 'date_invalid', detail: 'Phải là ngày có thật.' },
        { pointer: '/values/child~1birth_date', code: 'again', detail: 'Nữa' },
        { pointer: '/party', code: 'unknown_value', detail: 'Không có' },
      ],
    });
    const faults = faultsOf(problem, () => '31/02/2026');
    expect(faults).toEqual([
      { key: 'child/birth_date', value: '31/02/2026', detail: 'Phải là ngày có thật.' },
    ]);
    expect(standing(faults, () => '31/02/2026')).toEqual(faults);
    expect(standing(faults, () => '28/02/2026')).toEqual([]);
  });

  it('is listed in the order of the paper', () => {
    const faults = [fault('lost/field'), fault('mother/full_name'), fault('asks/full_name')];
    expect(inOrder(form, faults).map((f) => f.key)).toEqual([
      'asks/full_name',
      'mother/full_name',
      'lost/field',
    ]);
  });
});

describe('what is typed', () => {
  it('is sent but for what was refused as it stands; what was emptied is taken out', () => {
    const typed = { a: 'một', b: ' ', c: '31/02/2026' };
    expect(toSend(typed, [fault('c', '31/02/2026')])).toEqual({ a: 'một', b: null });
    expect(toSend(typed, [fault('c', '30/02/2026')])).toEqual({ a: 'một', b: null, c: '31/02/2026' });
  });

  it('stays where it was typed on meanwhile', () => {
    expect(leftOf({ a: 'một hai', b: 'ba', c: '' }, { a: 'một', b: ' ba ', c: null })).toEqual({
      a: 'một hai',
    });
    expect(leftOf({ a: 'một', d: 'khác' }, { a: 'một' })).toEqual({ d: 'khác' });
  });

  it('gives way to a card that says something else of the same field', () => {
    expect(notFilled({ a: 'gõ nhầm', b: 'giữ' }, { b: 'x' }, { a: 'theo thẻ', b: 'x' })).toEqual({
      b: 'giữ',
    });
  });

  it('is contested only where somebody else has written something else', () => {
    const before = { a: '1', b: '1' };
    expect(contested({ a: '2' }, before, { a: '3', b: '1' })).toEqual(['a']);
    expect(contested({ a: '2' }, before, { a: '1', b: '9' })).toEqual([]);
    expect(contested({ a: '2 ' }, before, { a: '2' })).toEqual([]);
    expect(contested({ c: '' }, before, { c: 'mới' })).toEqual(['c']);
  });
});

describe('a form', () => {
  it('has the scan of a card where its person comes first', () => {
    expect([...partiesIn(form)].map(([section, party]) => [section, party.key])).toEqual([
      ['asks', 'declarant'],
      ['mother', 'mother'],
    ]);
  });

  it('shows choices and amounts as people read them', () => {
    const sex = field('sex', {
      kind: 'choice',
      options: [{ value: 'male', name: { vi: 'Nam', en: 'Male' } }],
    });
    expect(shownValue(sex, 'male', 'vi')).toBe('Nam');
    expect(shownValue(sex, 'male', 'en')).toBe('Male');
    expect(shownValue(sex, 'khác', 'vi')).toBe('khác');
    expect(shownValue(field('capital', { kind: 'number' }), '120000000', 'vi')).toBe('120.000.000');
    expect(shownValue(field('name'), '120000000', 'vi')).toBe('120000000');
  });
});
