import { describe, expect, it } from 'vitest';
import { blankPaper, counted, emptyCertify, numbersInWords, sizes, toCertification } from './state';

describe('the form of certification', () => {
  it('takes whole numbers of at least one, and nothing else', () => {
    expect(['1', ' 12 ', '9999', '0', '', '-1', '1.5', '10000', 'hai'].map((t) => counted(t, 9999))).toEqual([
      1,
      12,
      9999,
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it('asks for no fee while a number is being typed', () => {
    const form = emptyCertify();
    expect(sizes(form)).toEqual([{ original_pages: 1, copies: 1 }]);
    expect(sizes({ ...form, papers: [{ ...blankPaper(0), pages: '' }] })).toBeNull();
  });

  it('sends one copy for each signature, whatever was typed before', () => {
    const form = {
      ...emptyCertify(),
      kind: 'signature' as const,
      papers: [{ ...blankPaper(0), copies: '7' }],
    };
    expect(toCertification(form).items[0]?.copies).toBe(1);
  });

  it('keeps who signs for the next person, and nobody of the last', () => {
    const last = {
      ...emptyCertify(),
      kind: 'signature' as const,
      authorityId: 'a',
      signerId: 's',
      note: 'x',
    };
    last.requester.values.full_name = 'Nguyễn Văn An';
    expect(emptyCertify(last)).toEqual({
      ...emptyCertify(),
      kind: 'signature',
      authorityId: 'a',
      signerId: 's',
    });
  });

  it('names one number, or the first and the last', () => {
    const entry = (number: number) => ({ number, year: 2026, symbol: 'SCT/BS' });
    expect(numbersInWords([entry(7)])).toBe('7/2026-SCT/BS');
    expect(numbersInWords([entry(7), entry(8), entry(9)])).toBe('7–9/2026-SCT/BS');
  });
});
