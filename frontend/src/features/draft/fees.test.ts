import { describe, expect, it } from 'vitest';
import { emptyExemption, emptyFee, noRule, type FeeForm } from './form';
import { absentMeans, bind, type Part } from './part';
import { basisPointsOf, rateOf } from './rate';
import { newProcedure } from './start';
import { toForm, toProcedure } from './state';
import type { ProcedureData } from './types';

/** The document that is sent for a procedure with this fee line, as it goes over the wire. */
function sentWith(fee: FeeForm): ProcedureData {
  const form = toForm(newProcedure({ code: '', name: '', field_code: 'A', field: '' }, '2026-03-02'));
  form.fees = [fee];
  return JSON.parse(JSON.stringify(toProcedure(form))) as ProcedureData;
}

describe('a member that may be absent', () => {
  /** The choice as the editor has it, and what the document says of it afterwards. */
  const choice = (due: string) => {
    let fee = { ...emptyFee(), due };
    const change: Part<FeeForm>['change'] = (_, next) => (fee = next(fee));
    const of = absentMeans(bind({ at: 'fees/0', value: fee, errors: {}, change }, 'due'), 'at_collection');
    return { of, sent: () => sentWith(fee).fees[0]?.due };
  };

  it('is shown as what its absence means', () => {
    expect(choice('').of.value).toBe('at_collection');
    expect(choice('before_result').of.value).toBe('before_result');
  });

  it('is left out again by whoever takes a choice back', () => {
    const due = choice('');
    due.of.set('before_handling');
    expect(due.sent()).toBe('before_handling');
    due.of.set('at_collection');
    expect(due.sent()).toBeUndefined();
  });

  it('is kept where it is said though nobody need say it', () => {
    expect(choice('at_collection').sent()).toBe('at_collection');
  });

  it('stays absent while nobody says it', () => {
    const [sent] = sentWith({ ...emptyFee(), exemptions: [emptyExemption()] }).fees;
    expect(sent).not.toHaveProperty('due');
    expect(sent?.exemptions?.[0]).not.toHaveProperty('channel');
    expect(sent?.exemptions?.[0]).not.toHaveProperty('evidence');
  });
});

describe('a rate in per cent', () => {
  it.each([
    ['0,5', 50],
    ['0.5', 50],
    ['0,50', 50],
    ['0,05', 5],
    ['0,29', 29],
    ['1', 100],
    ['1,', 100],
    ['1,15', 115],
    ['12,5', 1250],
    ['100', 10_000],
    [',5', 50],
    ['', 0],
    [',', 0],
  ])('%s is %i hundredths', (typed, basisPoints) => {
    expect(basisPointsOf(typed)).toBe(basisPoints);
  });

  it.each([
    [50, '0,5'],
    [5, '0,05'],
    [29, '0,29'],
    [100, '1'],
    [115, '1,15'],
    [10_000, '100'],
    [0, ''],
  ])('%i hundredths are shown as %s', (basisPoints, shown) => {
    expect(rateOf(basisPoints)).toBe(shown);
  });

  it('is what it was, every one there may be', () => {
    for (let n = 0; n <= 10_000; n++) expect(basisPointsOf(rateOf(n))).toBe(n);
  });

  it('may still be missing in a draft, and its bounds with it', () => {
    const sent = sentWith({ ...emptyFee(), rule: { ...noRule(), type: 'percentage' } });
    expect(sent.fees[0]?.rule).toEqual({ type: 'percentage', basis_points: 0 });
    expect(toForm(sent).fees[0]?.rule).toMatchObject({ rate: '', least_vnd: null, most_vnd: null });
  });
});
