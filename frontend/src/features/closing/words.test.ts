import { describe, expect, it } from 'vitest';
import type { OpenTill, Till, TillSum } from '@/shared/api/types';
import { closingOf, differenceOf, dueOf, EMPTY, formatSpan, lacksOf, notesOf, weigh, worthOf } from './words';

const sum = (method: TillSum['method'], net_vnd: number) => ({ method, net_vnd }) as TillSum;
const NOTES = [50_000, 5_000, 1_000];

describe('what a till should hold', () => {
  it('is told each way of paying', () => {
    const sums = [sum('card', 50_000), sum('card', 8_000), sum('transfer', 16_000)];
    expect(dueOf(sums, 'card')).toBe(58_000);
    expect(dueOf(sums, 'cash')).toBe(0);
    // Of transfers the bank tells: nothing is counted.
    expect(weigh(sums, { card: null, cash: null })).toEqual([{ method: 'card', due: 58_000, counted: null }]);
  });

  it('is counted note by note', () => {
    expect(notesOf(NOTES, {})).toBeNull();
    expect(notesOf(NOTES, { 5_000: '' })).toBeNull();
    const counted = notesOf(NOTES, { 5_000: '3', 1_000: '0' });
    expect(counted?.map((n) => n.count)).toEqual([0, 3, 0]);
    expect(worthOf(counted ?? [])).toBe(15_000);
    // An empty drawer is counted, too.
    expect(worthOf(notesOf(NOTES, { 1_000: '0' }) ?? [])).toBe(0);
  });

  it('differs only when all of it is counted', () => {
    const sums = [sum('card', 58_000), sum('cash', 16_000)];
    expect(differenceOf(weigh(sums, { card: 58_000, cash: null }))).toBeNull();
    expect(differenceOf(weigh(sums, { card: 58_000, cash: 15_000 }))).toBe(-1_000);
    expect(differenceOf(weigh(sums, { card: 57_000, cash: 17_000 }))).toBe(0);
    expect(differenceOf(weigh([sum('transfer', 8_000)], { card: null, cash: null }))).toBe(0);
  });
});

describe('a till is closed', () => {
  const sums = [sum('card', 58_000), sum('cash', 16_000)];

  it('when it is counted, and when a difference has its reason', () => {
    expect(lacksOf(weigh(sums, { card: null, cash: null }), '')).toEqual(['card_vnd', 'cash_notes']);
    expect(lacksOf(weigh(sums, { card: 58_000, cash: 15_000 }), '  ')).toEqual(['reason']);
    expect(lacksOf(weigh(sums, { card: 58_000, cash: 15_000 }), 'Thối nhầm')).toEqual([]);
    expect(lacksOf(weigh(sums, { card: 58_000, cash: 16_000 }), '')).toEqual([]);
  });

  it('with nothing of what was not taken, and no reason where nothing differs', () => {
    const till = { centre_id: 'c', notes_vnd: NOTES } as Till;
    const open = { until_seq: 412, sums: [sum('card', 58_000)] } as OpenTill;
    expect(closingOf(till, open, { ...EMPTY, card: 58_000, reason: 'thừa' }, 0)).toEqual({
      centre_id: 'c',
      until_seq: 412,
      counter_id: null,
      card_vnd: 58_000,
      cash_notes: null,
      reason: null,
    });
    const short = closingOf(till, open, { ...EMPTY, card: 57_000, counter: 'q', reason: ' Thiếu ' }, -1_000);
    expect([short.counter_id, short.reason]).toEqual(['q', 'Thiếu']);
  });

  it('over the time in which it was collected', () => {
    expect(formatSpan('2026-03-02T08:01:00+07:00', '2026-03-02T16:25:09+07:00')).toBe('08:01 – 16:25');
    expect(formatSpan('2026-03-02T08:01:00+07:00', '2026-03-02T08:01:40+07:00')).toBe('08:01');
  });
});
