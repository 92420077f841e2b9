import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyComponent, emptyFee, emptyWorkflow } from './form';
import { moved } from './lists';
import { inOrder, unitOf } from './order';
import { answers, fieldOf } from './pointers';
import { newProcedure, nextVersion } from './start';
import { inRowsOf, minutesOf, named, same, slug, toForm, toProcedure } from './state';
import type { ProcedureData } from './types';
import { promisedOf, sumOf } from './workflow';

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
      due: 'before_handling',
      certainty: 'law',
    },
    {
      id: 'phi_theo_gia_tri',
      kind: 'phi',
      name: 'Phí theo giá trị',
      text: 'Nửa phần trăm giá trị kê khai',
      rule: { type: 'percentage', basis_points: 50, least_vnd: 100_000, most_vnd: 5_000_000 },
      channel: 'postal',
      due: 'before_result',
      certainty: 'seen',
    },
    {
      id: 'phi_theo_gia_tri_khac',
      kind: 'phi',
      name: 'Phí theo giá trị',
      text: 'Một phần trăm giá trị kê khai',
      rule: { type: 'percentage', basis_points: 100 },
      channel: 'direct',
      due: 'at_collection',
      certainty: 'seen',
    },
    {
      id: 'le_phi_tung_truong_hop',
      kind: 'le_phi',
      name: 'Lệ phí từng trường hợp',
      text: 'Mười nghìn mỗi trường hợp',
      rule: { type: 'per_event', amount_vnd: 10_000 },
      channel: 'any',
      certainty: 'law',
    },
    {
      id: 'phi_ban_sao',
      kind: 'phi',
      name: 'Phí bản sao',
      text: 'Tám nghìn mỗi bản',
      rule: { type: 'per_copy', amount_vnd: 8000 },
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
        {
          id: 'cong_dan_so',
          text: 'Công dân số',
          percent: 100,
          channel: 'online',
          evidence: 'Tài khoản định danh điện tử mức độ 2',
          legal_basis: 'Nghị quyết',
          valid_from: '2026-08-15',
          valid_to: '2027-02-28',
          certainty: 'seen',
        },
        {
          id: 'moi_cach',
          text: 'Mọi cách nộp',
          channel: 'any',
          legal_basis: 'Nghị quyết',
          certainty: 'seen',
        },
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
  workflow: {
    decision: { number: '663/QĐ-UBND', date: '2026-02-10' },
    steps: [
      { id: 'tiep_nhan', name: 'Tiếp nhận, chuyển hồ sơ', desk: 'reception', minutes: 120 },
      { id: 'tham_dinh', name: 'Thẩm định hồ sơ', desk: 'handler', minutes: 150 },
      { id: 'ky_duyet', name: 'Ký duyệt', desk: 'leader', minutes: 45 },
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
    form.workflow = null;
    const p = plain(toProcedure(form));
    expect(p.announcing_decision).toBeUndefined();
    expect(p.notes).toBeUndefined();
    expect(p.limits.direct).toBeUndefined();
    expect(p.local).toBeUndefined();
    expect(p.workflow).toBeUndefined();
  });

  it('tells a change from none', () => {
    const before = toProcedure(toForm(whole));
    const form = toForm(plain(before));
    expect(same(toProcedure(form), before)).toBe(true);
    form.limits.note = 'Khác';
    expect(same(toProcedure(form), before)).toBe(false);
  });
});

describe('the time of a step', () => {
  it.each([
    ['2', null, 120],
    ['2', 30, 150],
    ['2,5', null, 150],
    ['0,5', 15, 45],
    ['', 45, 45],
    ['1,', null, 60],
    ['', null, 0],
    [',', null, 0],
    ['0', 90, 90],
  ])('%s hours and %s minutes', (hours, minutes, sent) => {
    expect(minutesOf({ hours, minutes })).toBe(sent);
  });

  it('is shown as hours and minutes, whichever way it was typed', () => {
    const form = toForm(whole);
    form.workflow?.steps.forEach((step) => Object.assign(step, { hours: '2,5', minutes: null }));
    const again = toForm(plain(toProcedure(form)));
    expect(again.workflow?.steps.map((step) => [step.hours, step.minutes])).toEqual([
      ['2', 30],
      ['2', 30],
      ['2', 30],
    ]);
    form.workflow?.steps.forEach((step) => Object.assign(step, { hours: '', minutes: null }));
    const empty = toForm(plain(toProcedure(form)));
    expect(empty.workflow?.steps[0]).toMatchObject({ hours: '', minutes: null });
  });

  it('is held, with that of all other steps, against the shortest limit that holds', () => {
    const form = toForm(whole);
    // The province's two days go before the nation's three.
    expect(promisedOf(form)).toMatchObject({ minutes: 960, limit: { amount: 2, unit: 'working_day' } });
    expect(sumOf(form)).toBe(315);
    form.local = null;
    expect(promisedOf(form)).toMatchObject({ minutes: 480, limit: { unit: 'same_day' } });
    Object.assign(form.limits, { online: null, direct: { ...form.limits.direct, unit: 'calendar_day' } });
    expect(promisedOf(form)).toMatchObject({ minutes: null, limit: { amount: 3 } });
    form.limits.direct = null;
    expect(promisedOf(form)).toBeNull();
  });

  it('leaves nobody out of the field they are in when it is saved', () => {
    const typed = toForm(whole);
    const saved = inRowsOf(toForm(plain(toProcedure(typed))), typed);
    expect(saved.workflow?.steps.map((step) => step.key)).toEqual(
      typed.workflow?.steps.map((step) => step.key),
    );
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
    form.workflow = emptyWorkflow();
    const again = toForm(plain(toProcedure(form)));
    expect(again.components[0]?.id).toBe('');
    expect(again.fees[0]?.id).toBe('');
    expect(again.workflow?.steps[0]?.id).toBe('');
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
    ['/fees/0/rule/basis_points', 'fees/0/rule/basis_points'],
    ['/fees/0/due', 'fees/0/due'],
    ['/fees/0/exemptions/1/evidence', 'fees/0/exemptions/1/evidence'],
    ['/fees/0/exemptions/1/id', 'fees/0/exemptions/1/text'],
    ['/local', 'local'],
    ['/local/fees/0/id', 'local/fees/0/name'],
    ['/limits/direct', 'limits/direct'],
    ['/workflow/decision', 'workflow/decision/number'],
    ['/workflow/steps', 'workflow/steps/new'],
    ['/workflow/steps/1/id', 'workflow/steps/1/name'],
    ['/workflow/steps/1/minutes', 'workflow/steps/1/minutes'],
  ])('%s', (pointer, field) => {
    expect(fieldOf(pointer)).toBe(field);
  });

  it('is answered by a change there or around it', () => {
    expect(answers('components', 'components/0/name')).toBe(true);
    expect(answers('components', 'components/new')).toBe(true);
    expect(answers('local/limits', 'local')).toBe(true);
    expect(answers('components/1', 'components/10/name')).toBe(false);
    // All steps together are too long: any of them answers that.
    expect(answers('workflow/steps/0/minutes/rest', 'workflow/steps/new')).toBe(true);
    expect(answers('workflow/steps/0/minutes/rest', 'workflow/steps/0/minutes')).toBe(true);
    expect(answers('workflow/decision/number', 'workflow/steps/new')).toBe(false);
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
