import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '@/shared/api/types';
import { isReceiptTab, isWhole, mayBeVoided, nameOf, stillToReceipt, takesOff } from './words';

const entry = (
  kind: LedgerEntry['kind'],
  at: string,
  account: 'card' | 'transfer' | 'bank' | 'platform' = 'card',
) =>
  ({
    seq: 1,
    kind,
    at,
    postings: [
      { account, kind: 'le_phi', amount_vnd: 8000 },
      { account: 'receivable', kind: 'le_phi', amount_vnd: -8000 },
    ],
  }) as LedgerEntry;

describe('receipts in words', () => {
  it('are named by their series and their number', () => {
    expect(nameOf({ serial_symbol: 'AA-26E', written: '0000012' })).toBe('AA-26E 0000012');
  });

  it('are listed in a tab that is one', () => {
    expect(isReceiptTab('owed')).toBe(true);
    expect(isReceiptTab('money')).toBe(false);
    expect(isReceiptTab(undefined)).toBe(false);
  });

  it('cover what was collected, those that hold', () => {
    expect(stillToReceipt(58_000, [])).toBe(58_000);
    expect(
      stillToReceipt(58_000, [
        { state: 'replaced', amount_vnd: 50_000 },
        { state: 'valid', amount_vnd: 50_000 },
      ]),
    ).toBe(8_000);
    expect(
      stillToReceipt(58_000, [
        { state: 'valid', amount_vnd: 50_000 },
        { state: 'valid', amount_vnd: 8_000 },
      ]),
    ).toBe(0);
  });

  it('cover it all the same when some of it went back', () => {
    expect(
      stillToReceipt(58_000, [
        { state: 'valid', amount_vnd: -8_000 },
        { state: 'valid', amount_vnd: 58_000 },
      ]),
    ).toBe(0);
  });

  it('are whole until something is taken off them, and those less than nought never are', () => {
    const adjusted_by = { id: 'b', name: 'AB-26E 0000013' };
    expect(isWhole({ state: 'valid', amount_vnd: 8_000 })).toBe(true);
    expect(isWhole({ state: 'valid', amount_vnd: 8_000, adjusted_by: null })).toBe(true);
    expect(isWhole({ state: 'valid', amount_vnd: 8_000, adjusted_by })).toBe(false);
    expect(isWhole({ state: 'replaced', amount_vnd: 8_000 })).toBe(false);
    expect(isWhole({ state: 'valid', amount_vnd: -8_000 })).toBe(false);
    expect([-1, 0, 1].map((amount_vnd) => takesOff({ amount_vnd }))).toEqual([true, false, false]);
  });
});

describe('a collection may be said to be none', () => {
  const morning = '2026-03-02T09:00:00+07:00';
  const evening = new Date('2026-03-02T23:59:00+07:00');

  it('on its own day in Vietnam', () => {
    const entries = [entry('assessed', morning), entry('paid', morning)];
    expect(mayBeVoided(entries, evening)).toBe(true);
    expect(mayBeVoided(entries, new Date('2026-03-03T00:00:00+07:00'))).toBe(false);
  });

  it('once, and again when it was collected anew', () => {
    const entries = [entry('assessed', morning), entry('paid', morning), entry('reversed', morning)];
    expect(mayBeVoided(entries, evening)).toBe(false);
    expect(mayBeVoided([...entries, entry('paid', morning, 'transfer')], evening)).toBe(true);
  });

  it('not when the bank or the payment platform told of it, and not when there is none', () => {
    expect(mayBeVoided([entry('paid', morning, 'bank')], evening)).toBe(false);
    expect(mayBeVoided([entry('paid', morning, 'platform')], evening)).toBe(false);
    expect(mayBeVoided([entry('assessed', morning)], evening)).toBe(false);
    expect(mayBeVoided([], evening)).toBe(false);
  });
});
