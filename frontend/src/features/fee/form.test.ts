import { describe, expect, it } from 'vitest';
import type { FeeLine } from '@/shared/api/types';
import { emptyForm, groundsOf, linesFor, toCase, unknownOf, wantsOf } from './form';

const line = (over: Partial<FeeLine>): FeeLine => ({
  id: 'le_phi',
  kind: 'le_phi',
  name: 'Lệ phí',
  text: 'Lệ phí',
  amount_vnd: 8_000,
  channel: 'any',
  due: 'at_collection',
  exemptions: [],
  certainty: 'law',
  ...over,
});

const ground = (over: Partial<FeeLine['exemptions'][number]>): FeeLine['exemptions'][number] => ({
  id: 'ho_ngheo',
  text: 'Hộ nghèo',
  percent: 100,
  legal_basis: 'Luật',
  certainty: 'law',
  ...over,
});

describe('the lines that hold', () => {
  it('are those of the way of filing, in force on the day of reception', () => {
    const fees = [
      line({ id: 'tai_quay', channel: 'direct' }),
      line({ id: 'truc_tuyen', channel: 'online' }),
      line({ id: 'cu', valid_to: '2025-12-31' }),
    ];
    const ids = (channel: string) => linesFor(fees, channel, '2026-03-02').map((f) => f.id);
    expect(ids('counter')).toEqual(['tai_quay']);
    expect(ids('kiosk')).toEqual(['truc_tuyen']);
    expect(ids('post')).toEqual(['tai_quay']);
  });

  it('are the post’s own where there is one of the same kind', () => {
    const fees = [line({ id: 'tai_quay', channel: 'direct' }), line({ id: 'buu_chinh', channel: 'postal' })];
    expect(linesFor(fees, 'post', '2026-03-02').map((f) => f.id)).toEqual(['buu_chinh']);
  });
});

describe('the grounds that can be claimed', () => {
  it('have a rate, are in force and are told once', () => {
    const exemptions = [
      ground({}),
      ground({ id: 'cong_dan_so', percent: null }),
      ground({ id: 'het_han', valid_to: '2026-02-28' }),
      ground({ id: 'truc_tuyen', channel: 'online' }),
    ];
    const lines = [line({ exemptions }), line({ id: 'phi', exemptions: [ground({})] })];
    expect(groundsOf(lines, 'counter', '2026-03-02').map((g) => g.id)).toEqual(['ho_ngheo']);
    expect(groundsOf(lines, 'online', '2026-03-02').map((g) => g.id)).toEqual(['ho_ngheo', 'truc_tuyen']);
  });
});

describe('what is sent', () => {
  const pages = line({
    id: 'phi',
    amount_vnd: null,
    rule: { type: 'per_page' } as unknown as FeeLine['rule'],
  });

  it('asks only for sizes a line wants', () => {
    expect(wantsOf([pages])).toEqual({ pages: true, copies: true, events: false, value: false });
    const sent = toCase({ ...emptyForm(), pages: '5', copies: '3', events: '9' }, [pages]);
    expect(sent).toMatchObject({ pages: 5, copies: 3, events: 1 });
  });

  it('sends what is no number as what the server refuses', () => {
    expect(toCase({ ...emptyForm(), pages: 'năm' }, [pages]).pages).toBe(0);
  });

  it('states an unknown amount of a line that is charged, and of no other', () => {
    const unknown = line({ amount_vnd: null });
    const other = line({ id: 'cap_lai', amount_vnd: null, condition: 'Cấp lại' });
    const lines = [unknown, other];
    expect(unknownOf(lines).map((l) => l.id)).toEqual(['le_phi', 'cap_lai']);
    const stated = {
      le_phi: { amount: 8_000, source: 'Nghị quyết 15' },
      cap_lai: { amount: 5_000, source: 'Nghị quyết 15' },
    };
    expect(toCase({ ...emptyForm(), stated }, lines).stated).toEqual([
      { line_id: 'le_phi', amount_vnd: 8_000, source: 'Nghị quyết 15' },
    ]);
    expect(toCase({ ...emptyForm(), stated, chosen: ['cap_lai'] }, lines).stated).toHaveLength(2);
  });

  it('leaves out an amount that was not typed', () => {
    expect(toCase(emptyForm(), [line({ amount_vnd: null })]).stated).toEqual([]);
  });
});
