import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyComponent, emptyFee } from './form';
import { moved } from './lists';
import { inOrder, unitOf } from './order';
import { answers, fieldOf } from './pointers';
import { newProcedure, nextVersion } from './start';
import { named, same, slug, toForm, toProcedure } from './state';
import type { ProcedureData } from './types';

const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Every procedure of the national list, which has all the forms there are. */
const national = (): ProcedureData[] => {
  const dir = path.resolve(import.meta.dirname, '../../../../backend/domain/data/catalogue');
  return readdirSync(dir)
    .filter((file) => file.endsWith('.json'))
    .flatMap(
      (file) =>
        (JSON.parse(readFileSync(path.join(dir, file), 'utf8')) as { procedures: ProcedureData[] })
          .procedures,
    );
};

const whole: ProcedureData = {
  code: '1.004859',
  name: 'Thay đổi hộ tịch',
  field_code: 'A',
  field: 'Hộ tịch',
  in_force_from: '2026-01-01',
  in_force_to: '2027-02-28',
  announcing_decision: { number: '12/QĐ-UBND', date: '2025-12-20' },
  ending_decision: { number: '99/QĐ-UBND' },
  code_certainty: 'seen',
  code_source: 'Cổng dịch vụ công',
  components: [{ id: 'to_khai', name: 'Tờ khai', required: true, certainty: 'law', source: 'Điều 3' }],
  limits: {
    direct: { amount: 3, unit: 'working_day', certainty: 'law', source: 'Điều 28', note: 'Thường' },
    online: { amount: 1, unit: 'same_day', certainty: 'seen' },
    note: 'Ghi chú',
  },
  verification_limit: { amount: 0, unit: 'working_day', certainty: 'law' },
  fees: [
    {
      id: 'phi_trang',
      kind: 'phi',
      name: 'Phí theo trang',
      text: 'Hai nghìn một trang',
      rule: {
        type: 'per_page',
        first_pages: 2,
        first_amount_vnd: 2000,
        next_amount_vnd: 1000,
        cap_vnd: 200_000,
      },
      channel: 'any',
      certainty: 'law',
    },
    {
      id: 'le_phi',
      kind: 'le_phi',
      name: 'Lệ phí',
      text: 'Không thu',
      amount_vnd: 0,
      channel: 'online',
      condition: 'Nộp trực tuyến',
      legal_basis: 'Nghị quyết 1',
      valid_from: '2026-01-01',
      valid_to: '2026-12-31',
      exemptions: [
        { id: 'ho_ngheo', text: 'Hộ nghèo', percent: 50, legal_basis: 'Luật', certainty: 'law' },
        { id: 'khac', text: 'Khác', legal_basis: 'Luật', valid_to: '2026-06-30', certainty: 'to_check' },
      ],
      certainty: 'to_check',
    },
  ],
  result_name: 'Trích lục',
  online_level: 'full',
  flags: newProcedure({ code: '', name: '', field_code: 'A', field: '' }, '2026-01-01').flags,
  supplement_mode: 'resume',
  notes: 'Một\nHai',
  local: {
    decision: { number: '5/NQ-HĐND', date: '2025-12-01' },
    limits: { direct: { amount: 2, unit: 'working_day', certainty: 'law' } },
    fees: [
      {
        id: 'le_phi',
        kind: 'le_phi',
        name: 'Lệ phí',
        text: '5.000 đồng',
        amount_vnd: 5000,
        rule: { type: 'per_case', amount_vnd: 5000 },
        channel: 'any',
        certainty: 'law',
      },
    ],
  },
};

describe('a procedure in the form and out of it again', () => {
  it('is the same, with every member there is', () => {
    expect(plain(toProcedure(toForm(whole)))).toEqual(whole);
  });

  it.each(national().map((p) => [p.code, p] as const))('is the same: %s', (_, p) => {
    expect(plain(toProcedure(toForm(p)))).toEqual(p);
  });

  it('leaves out what was emptied', () => {
    const form = toForm(whole);
    form.announcing_decision = { number: ' ', date: '' };
    form.notes = '';
    form.limits.direct = null;
    form.local = null;
    const p = plain(toProcedure(form));
    expect(p.announcing_decision).toBeUndefined();
    expect(p.notes).toBeUndefined();
    expect(p.limits.direct).toBeUndefined();
    expect(p.local).toBeUndefined();
  });

  it('tells a change from none', () => {
    const before = toProcedure(toForm(whole));
    const form = toForm(plain(before));
    expect(same(toProcedure(form), before)).toBe(true);
    form.limits.note = 'Khác';
    expect(same(toProcedure(form), before)).toBe(false);
  });
});

describe('a name inside the procedure', () => {
  it.each([
    ['Tờ khai đăng ký kết hôn', 'to_khai_dang_ky_ket_hon'],
    ['  Giấy (bản chính), nếu có ', 'giay_ban_chinh_neu_co'],
    ['ĐƠN số 01/TP', 'don_so_01_tp'],
    ['…', ''],
    [
      'Văn bản đồng ý của người từ đủ 09 tuổi trở lên khi thay đổi họ',
      'van_ban_dong_y_cua_nguoi_tu_du_09_tuoi_tro_len',
    ],
  ])('%s', (name, id) => {
    expect(slug(name)).toBe(id);
  });

  it('is kept by who has one, and is nobody else’s', () => {
    const rows = [
      { id: '', name: 'Tờ khai' },
      { id: 'to_khai', name: 'Đã đổi tên' },
      { id: '', name: 'Tờ khai' },
      { id: '', name: '' },
    ];
    expect(named(rows, (r) => r.name, 'giay_to').map((r) => r.id)).toEqual([
      'to_khai_2',
      'to_khai',
      'to_khai_3',
      'giay_to',
    ]);
  });

  it('is made anew for a row that said nothing when it was saved', () => {
    const form = toForm(whole);
    form.components = [emptyComponent()];
    form.fees = [emptyFee()];
    const again = toForm(plain(toProcedure(form)));
    expect(again.components[0]?.id).toBe('');
    expect(again.fees[0]?.id).toBe('');
  });
});

describe('where a complaint stands', () => {
  it.each([
    ['/name', 'name'],
    ['/announcing_decision', 'announcing_decision/number'],
    ['/announcing_decision/date', 'announcing_decision/date'],
    ['/components', 'components/new'],
    ['/components/2/id', 'components/2/name'],
    ['/components/2/name', 'components/2/name'],
    ['/fees', 'fees/new'],
    ['/fees/0/rule', 'fees/0/rule'],
    ['/fees/0/rule/type', 'fees/0/rule'],
    ['/fees/0/rule/cap_vnd', 'fees/0/rule/cap_vnd'],
    ['/fees/0/exemptions/1/id', 'fees/0/exemptions/1/text'],
    ['/local', 'local'],
    ['/local/fees/0/id', 'local/fees/0/name'],
    ['/limits/direct', 'limits/direct'],
  ])('%s', (pointer, field) => {
    expect(fieldOf(pointer)).toBe(field);
  });

  it('is answered by a change there or around it', () => {
    expect(answers('components', 'components/0/name')).toBe(true);
    expect(answers('components', 'components/new')).toBe(true);
    expect(answers('local/limits', 'local')).toBe(true);
    expect(answers('components/1', 'components/10/name')).toBe(false);
    expect(answers('limits/direct/amount', 'limits/direct/unit')).toBe(false);
  });
});

it('moves a row by one place and never beyond the ends', () => {
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c']);
  expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c']);
});

it('begins the next version today, without the decision of the one before', () => {
  const next = plain(nextVersion(whole, '2026-03-02'));
  expect(next.announcing_decision).toBeUndefined();
  expect(next.in_force_from).toBe('2026-03-02');
  expect(nextVersion(whole, '2025-01-01').in_force_from).toBe('2026-01-01');
});

describe('the differences', () => {
  const paths = [
    '/announcing_decision',
    '/components/b/certainty',
    '/components/b/name',
    '/components/a',
    '/components',
    '/in_force_from',
    '/limits/direct/amount',
    '/name',
  ];
  const changes = paths.map((each) => ({ path: each }));

  it('stand in the order in which a procedure is read', () => {
    expect(inOrder(changes).map((change) => change.path)).toEqual([
      '/name',
      '/in_force_from',
      '/announcing_decision',
      '/components',
      '/components/b/name',
      '/components/b/certainty',
      '/components/a',
      '/limits/direct/amount',
    ]);
  });

  it('tell an amount with its unit, unless that is another now', () => {
    expect(unitOf('/limits/direct/amount', changes, whole)).toBe('working_day');
    expect(unitOf('/local/limits/online/amount', changes, whole)).toBeNull();
    expect(unitOf('/limits/direct/note', changes, whole)).toBeNull();
    const both = [...changes, { path: '/limits/direct/unit' }];
    expect(unitOf('/limits/direct/amount', both, whole)).toBeNull();
  });
});
