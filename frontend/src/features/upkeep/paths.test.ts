import { describe, expect, it } from 'vitest';
import { en } from '@/shared/i18n/locales/en';
import { vi } from '@/shared/i18n/locales/vi';
import { changeSteps, codesIn, placeOf } from './paths';

describe('the place of a fault', () => {
  it('in a sheet is a line and a column', () => {
    expect(placeOf('/12/limits.direct.unit', 'csv')).toEqual({
      row: 12,
      column: 'limits.direct.unit',
      steps: [{ member: 'limits' }, { member: 'direct' }, { member: 'unit' }],
    });
    expect(placeOf('/7', 'csv')).toEqual({ row: 7, column: null, steps: [] });
  });

  it('in a catalogue file is a procedure, counted from one, and a member', () => {
    expect(placeOf('/procedures/3/fees/0/kind', 'json')).toEqual({
      row: 4,
      column: null,
      steps: [{ member: 'fees' }, { nth: 1 }, { member: 'kind' }],
    });
    expect(placeOf('/procedures/0/a~1b', 'json').steps).toEqual([{ member: 'a/b' }]);
  });

  it('in a bare list is an item', () => {
    expect(placeOf('/3/code', 'json')).toEqual({ row: 4, column: null, steps: [{ member: 'code' }] });
  });

  it('may be the file itself', () => {
    expect(placeOf('', 'json')).toEqual({ row: null, column: null, steps: [] });
    expect(placeOf('/source_note', 'json').steps).toEqual([{ member: 'source_note' }]);
    expect(placeOf('', 'csv').row).toBeNull();
  });
});

describe('what changes', () => {
  it('names an item of a list by its own name', () => {
    expect(changeSteps('/local/fees/le_phi/exemptions/ho_ngheo/percent')).toEqual([
      { member: 'local' },
      { member: 'fees' },
      { id: 'le_phi' },
      { member: 'exemptions' },
      { id: 'ho_ngheo' },
      { member: 'percent' },
    ]);
    expect(changeSteps('/limits/direct/amount')).toEqual([
      { member: 'limits' },
      { member: 'direct' },
      { member: 'amount' },
    ]);
  });
});

describe('the codes in a file', () => {
  it('are read where there are any', () => {
    expect(codesIn('{"procedures":[{"code":"1.000110"},{},null]}')).toEqual([
      '1.000110',
      undefined,
      undefined,
    ]);
    expect(codesIn('[{"code":"1.000419"}]')).toEqual(['1.000419']);
    expect(codesIn('{"a":')).toEqual([]);
    expect(codesIn('null')).toEqual([]);
  });
});

describe('every member of a file', () => {
  const members = `part procedures source_note as_of code name field_code field in_force_from in_force_to
    announcing_decision ending_decision number date code_certainty code_source components id required certainty source
    limits direct online amount unit note verification_limit fees kind text amount_vnd rule type first_pages
    first_amount_vnd next_amount_vnd cap_vnd basis_points least_vnd most_vnd channel due condition legal_basis valid_from valid_to exemptions percent evidence
    result_name online_level flags boundary_free on_the_spot no_due_date no_result authorised_filer_allowed mobile
    police multi_agency supplement_mode notes local decision workflow steps desk minutes`.split(/\s+/);

  it.each(members)('%s has a word in both languages', (member) => {
    for (const texts of [vi, en]) {
      const groups: Record<string, string>[] = [
        texts.draft.member,
        texts.catalogue.flag,
        texts.upkeep.member,
      ];
      expect(groups.find((group) => member in group)?.[member]).toBeTruthy();
    }
  });
});
