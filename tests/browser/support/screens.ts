import type { Page } from '@playwright/test';
import { catalogueFile, procedure, upload } from './catalogue.ts';
import { fillTheCounter } from './counter.ts';
import { expect, scene } from './test.ts';

type Language = 'vi' | 'en';
type Dossiers = ReturnType<typeof scene>['dossiers'];

/** One page in one condition. */
export interface Screen {
  name: string;
  /** Who looks at it; nobody: a citizen. */
  who?: string;
  path: string | ((d: Dossiers) => string);
  /** What is done on it before it is looked at. */
  then?: (page: Page, language: Language) => Promise<void>;
  /** What was done stays when the language is changed on the page. */
  stays?: boolean;
  /** Something that is there when the page is. */
  ready: (page: Page) => ReturnType<Page['locator']>;
}

const heading = (page: Page) => page.locator('h1');
const row = (page: Page) => page.locator('tbody tr').first();
const timeline = (page: Page) => page.locator('section[aria-labelledby=timeline-title] ol > li').first();

const work = (who: string, ready: Screen['ready']): Screen => ({ name: `work-${who}`, stays: true, who, path: '/', ready });
const list = (page: Page) => page.getByRole('navigation').getByRole('button').first();

const dossier = (state: keyof Dossiers, who: string): Screen => ({
  name: `dossier-${state}`,
  who,
  path: (d) => `/dossiers/${d[state].id}`,
  ready: timeline,
  stays: true,
  then: async (page) => {
    // Every explanation open, so that all of it is looked at.
    for (const summary of await page.locator('summary').all()) await summary.click();
  },
});

const by = (language: Language, vi: string, en: string) => (language === 'vi' ? vi : en);

export const screens: Screen[] = [
  { name: 'sign-in', stays: true, path: '/sign-in', ready: (p) => p.getByRole('button', { name: /lanhdao\.thd/ }) },
  {
    name: 'sign-in-refused',
    path: '/sign-in',
    ready: (p) => p.getByRole('button', { name: /lanhdao\.thd/ }),
    then: async (p, l) => {
      await p.getByLabel(by(l, 'Tên đăng nhập', 'User name')).fill('tiepnhan');
      await p.locator('[autocomplete=current-password]').fill('khong phai');
      await p.keyboard.press('Enter');
      await expect(p.getByRole('alert')).toBeVisible();
    },
  },
  { name: 'setup-done', stays: true, path: '/setup', ready: (p) => p.locator('main a[href="/sign-in"]') },
  { name: 'public-lookup', stays: true, path: '/tra-cuu', ready: heading },
  {
    name: 'public-lookup-found',
    path: (d) => `/tra-cuu?ma=${d.completed.code}`,
    ready: heading,
    then: async (p, l) => {
      await p.getByLabel(by(l, '4 số cuối', 'Last four digits')).fill('4321');
      await p.keyboard.press('Enter');
      await expect(p.locator('#found-title')).toBeVisible();
    },
  },
  {
    name: 'public-lookup-not-found',
    path: (d) => `/tra-cuu?ma=${d.completed.code}`,
    ready: heading,
    then: async (p, l) => {
      await p.getByLabel(by(l, '4 số cuối', 'Last four digits')).fill('0000');
      await p.keyboard.press('Enter');
      await expect(p.getByRole('alert')).toBeVisible();
    },
  },
  { name: 'public-procedures', stays: true, path: '/thu-tuc', ready: (p) => p.locator('section li a').first() },
  { name: 'public-procedure', stays: true, path: '/thu-tuc/1.001193', ready: (p) => p.locator('#fees-title') },
  { name: 'public-board', stays: true, path: '/niem-yet', ready: row },
  { name: 'not-found', path: '/khong-co-trang-nay', ready: heading },
  { name: 'dossier-unknown', who: 'tiepnhan', path: '/dossiers/01900000-0000-7000-8000-000000000000', ready: (p) => p.getByRole('alert') },

  ...['tiepnhan', 'thuly.thd', 'lanhdao.thd', 'traketqua', 'giamdoc', 'thanhtra', 'thungan'].map((who) => work(who, list)),
  work('admin', heading),

  { name: 'intake-empty', stays: true, who: 'tiepnhan', path: '/intake', ready: (p) => p.locator('[name="owner.full_name"]') },
  {
    name: 'intake-filled',
    stays: true,
    who: 'tiepnhan',
    path: '/intake',
    ready: (p) => p.locator('[name="owner.full_name"]'),
    then: async (p) => {
      await fillTheCounter(p, { procedure: /^(Thủ tục hành chính|Administrative procedure)/, ward: /^(Cơ quan giải quyết|Deciding authority)/ });
      await p.getByRole('checkbox', { name: /Tờ khai/ }).check();
      await p.getByRole('checkbox', { name: /^(Người nộp không phải|Someone else)/ }).check();
      await p.locator('aside summary').first().click();
      await expect(p.locator('aside li[data-counted]').first()).toBeVisible();
    },
  },
  {
    name: 'intake-procedure-list',
    who: 'tiepnhan',
    path: '/intake',
    ready: (p) => p.locator('[name="owner.full_name"]'),
    then: async (p) => {
      await p.getByRole('combobox', { name: /^(Thủ tục hành chính|Administrative procedure)/ }).fill('khai sinh');
      await expect(p.getByRole('listbox').getByRole('option').first()).toContainText('khai sinh');
    },
  },
  {
    name: 'intake-lacking',
    who: 'tiepnhan',
    path: '/intake',
    ready: (p) => p.locator('[name="owner.full_name"]'),
    then: async (p) => {
      await p.keyboard.press('Control+Enter');
      await expect(p.locator('[aria-invalid="true"]').first()).toBeVisible();
    },
  },
  { name: 'certify-empty', stays: true, who: 'tiepnhan', path: '/certify', ready: (p) => p.locator('[name="owner.full_name"]') },
  {
    name: 'certify-filled',
    stays: true,
    who: 'tiepnhan',
    path: '/certify',
    ready: (p) => p.locator('[name="owner.full_name"]'),
    then: async (p) => {
      await p.locator('[name="owner.full_name"]').fill('Nguyễn Văn An');
      await p.locator('[name="items.0.document_name"]').fill('Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất');
      await p.locator('[name="items.0.original_pages"]').fill('5');
      await p.locator('[name="items.0.copies"]').fill('3');
      await p.getByRole('button', { name: /^(Thêm giấy tờ|Add a paper)$/ }).click();
      await expect(p.locator('aside')).toContainText(/23\.000|23,000/);
    },
  },
  {
    name: 'certify-lacking',
    who: 'tiepnhan',
    path: '/certify',
    ready: (p) => p.locator('[name="owner.full_name"]'),
    then: async (p) => {
      await p.keyboard.press('Control+Enter');
      await expect(p.locator('[aria-invalid="true"]').first()).toBeVisible();
    },
  },
  { name: 'certification-book', stays: true, who: 'lanhdao.thd', path: '/certification-book', ready: (p) => p.locator('#lines-title') },
  { name: 'register', stays: true, who: 'giamdoc', path: '/register', ready: row },
  { name: 'register-empty', who: 'lanhdao.thd', path: '/register?year=2025', ready: (p) => p.locator('main svg').last() },
  { name: 'handover-sheet', stays: true, who: 'tiepnhan', path: '/handover-sheet', ready: row },
  { name: 'handover-sheet-empty', who: 'giamdoc', path: '/handover-sheet', ready: (p) => p.locator('main svg').last() },
  { name: 'dossiers', stays: true, who: 'giamdoc', path: '/dossiers', ready: row },
  { name: 'dossiers-none-found', stays: true, who: 'giamdoc', path: '/dossiers?q=khong%20ai%20ten%20nhu%20the', ready: (p) => p.locator('main svg').last() },

  dossier('submitted', 'tiepnhan'),
  dossier('accepted', 'tiepnhan'),
  dossier('given', 'thuly.thd'),
  dossier('processing', 'thuly.thd'),
  dossier('supplement_requested', 'tiepnhan'),
  dossier('awaiting_signature', 'lanhdao.thd'),
  dossier('decided', 'thuly.thd'),
  dossier('withdrawal_requested', 'lanhdao.thd'),
  dossier('apology_drafted', 'lanhdao.thd'),
  dossier('completed', 'traketqua'),
  dossier('returned', 'thanhtra'),
  dossier('refused', 'tiepnhan'),

  { name: 'slip', stays: true, who: 'tiepnhan', path: (d) => `/dossiers/${d.accepted.id}/slip`, ready: (p) => p.getByRole('article').nth(1) },
  { name: 'personal-data-views', stays: true, who: 'lanhdao.thd', path: (d) => `/dossiers/${d.accepted.id}/views`, ready: heading },
  { name: 'approvals', stays: true, who: 'lanhdao.thd', path: '/approvals', ready: (p) => p.locator('[data-row]').first() },
  {
    name: 'approvals-dialog',
    who: 'lanhdao.thd',
    path: '/approvals',
    ready: (p) => p.locator('[data-row]').first(),
    then: async (p) => {
      await p.getByRole('button', { name: /^(Từ chối hồ sơ|Refuse dossier)/ }).first().click();
      await expect(p.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'approvals-apology',
    who: 'lanhdao.thd',
    path: '/approvals',
    ready: (p) => p.locator('#apologies-title'),
    then: async (p) => {
      await p.getByRole('button', { name: /^(Ký thư xin lỗi của|Sign the apology of)/ }).first().click();
      await expect(p.getByRole('dialog')).toBeVisible();
    },
  },
  { name: 'deadlines-handler', stays: true, who: 'thuly.thd', path: '/deadlines', ready: (p) => p.locator('#by-officers-title') },
  { name: 'deadlines-leader', stays: true, who: 'lanhdao.thd', path: '/deadlines', ready: (p) => p.getByRole('table').nth(4) },
  { name: 'deadlines-admin', stays: true, who: 'admin', path: '/deadlines', ready: (p) => p.locator('[name=lapse_warning_days]') },
  { name: 'wall', who: 'giamdoc', path: '/deadlines?wall=1', ready: (p) => p.locator('#wall-wards') },
  { name: 'hand-back', stays: true, who: 'traketqua', path: '/hand-back', ready: heading },
  {
    name: 'hand-back-found',
    who: 'traketqua',
    path: '/hand-back',
    ready: heading,
    then: async (p) => {
      await p.keyboard.insertText(scene().dossiers.completed.code ?? '');
      await p.keyboard.press('Enter');
      await expect(p.locator('#collector-title')).toBeVisible();
    },
  },
  { name: 'catalogue', stays: true, who: 'thuly.thd', path: '/catalogue', ready: (p) => p.locator('section li a').first() },
  { name: 'procedure', stays: true, who: 'thuly.thd', path: '/catalogue/1.004222', ready: (p) => p.locator('#fees-title') },
  { name: 'catalogue-admin', stays: true, who: 'admin', path: '/catalogue', ready: (p) => p.locator('section li a').first() },
  { name: 'procedure-admin', stays: true, who: 'admin', path: '/catalogue/2.000930', ready: (p) => p.locator('#versions-title') },
  {
    name: 'procedure-ending',
    who: 'admin',
    path: '/catalogue/2.000930',
    ready: (p) => p.locator('#versions-title'),
    then: async (p) => {
      await p.getByRole('button', { name: /^(Bãi bỏ thủ tục|End the procedure)$/ }).click();
      await expect(p.getByRole('dialog')).toBeVisible();
    },
  },
  { name: 'procedure-compare-one', stays: true, who: 'thuly.thd', path: '/catalogue/2-000950/compare', ready: heading },
  { name: 'drafts', stays: true, who: 'admin', path: '/catalogue-drafts', ready: (p) => p.locator('#drafts-title') },
  {
    // The draft is begun the first time and found the next; nobody else asks for this procedure.
    name: 'draft',
    who: 'admin',
    path: '/catalogue/2.000930',
    ready: (p) => p.locator('#versions-title'),
    then: async (p) => {
      await p.getByRole('button', { name: /^(Soạn bản sửa đổi|Draft a change)$/ }).click();
      await expect(p.locator('#faults-title')).toBeVisible();
      const province = p.locator('[name="local"]');
      if (!(await province.isChecked())) await province.check();
      await p.locator('[name="local/limits"]').check();
      await p.locator('[name="local/fees/new"]').click();
      await p.locator('[name="local/fees/0/rule"]').selectOption('per_page');
      await p.locator('[name="local/fees/0/exemptions/new"]').click();
      await p.locator('[name="local/fees/new"]').click();
      await p.locator('[name="local/fees/1/rule"]').selectOption('percentage');
      await p.locator('[name="workflow"]').check();
      await p.locator('[name="workflow/steps/new"]').click();
    },
  },
  { name: 'catalogue-file', stays: true, who: 'admin', path: '/catalogue-file', ready: heading },
  {
    name: 'catalogue-file-faulty',
    who: 'admin',
    path: '/catalogue-file',
    ready: heading,
    then: async (p) => {
      await p.locator('input[type=file]').setInputFiles(catalogueFile(procedure('9.000031', 'Thủ tục hỏng', { fees: [{ id: 'phi' }] })));
      await expect(row(p)).toBeVisible();
    },
  },
  {
    name: 'catalogue-file-tried',
    stays: true,
    who: 'admin',
    path: '/catalogue-file',
    ready: heading,
    then: async (p) => {
      const file = catalogueFile(
        procedure('9.000031', 'Thủ tục chỉ đọc thử'),
        // Later than today, so that it is never taken for what holds.
        procedure('1.004222', 'Đăng ký thường trú (đọc thử)', { field_code: 'C', field: 'Đăng ký, quản lý cư trú', in_force_from: '2030-01-01' }),
      );
      await p.locator('input[type=file]').setInputFiles(file);
      await expect(row(p)).toBeVisible();
    },
  },
  { name: 'catalogue-figures-read', stays: true, who: 'thuly.thd', path: '/catalogue-figures', ready: (p) => p.locator('section h3').first() },
  {
    name: 'catalogue-figures-confirm',
    stays: true,
    who: 'admin',
    path: '/catalogue-figures',
    ready: (p) => p.locator('section h3').first(),
    then: async (p) => {
      await p.getByRole('button', { name: /^(Xác nhận|Confirm): / }).first().click();
      await expect(p.locator('form select')).toBeVisible();
    },
  },
  {
    name: 'listing-audit',
    who: 'thuly.thd',
    path: '/listing-audit',
    ready: heading,
    then: async (p) => {
      const list = 'Mã thủ tục;Tên thủ tục\n1.001193;Đăng ký khai sinh\n1.000656;Tên gọi khác\n9.000099;\n';
      await p.locator('input[type=file]').setInputFiles(upload('danh-sach.csv', list));
      await expect(p.locator('#renamed-title')).toBeVisible();
    },
  },
  { name: 'calendar', stays: true, who: 'tiepnhan', path: '/calendar?month=2026-02', ready: row },
  { name: 'calendar-year', stays: true, who: 'tiepnhan', path: '/calendar', ready: (p) => p.locator('#day-title') },
  {
    name: 'calendar-tried',
    who: 'giamdoc',
    path: '/calendar?month=2026-03',
    ready: row,
    then: async (p) => {
      await p.getByRole('button', { name: /04\/03\/2026/ }).click();
      await p.getByRole('button', { name: /^(Xem ảnh hưởng|See the effect)$/ }).click();
      await expect(p.getByRole('region', { name: /^(Thử thay đổi lịch|Try a change of the calendar)$/ }).getByRole('status')).toBeVisible();
    },
  },
  { name: 'calendar-next-year', stays: true, who: 'admin', path: '/calendar?year=2027', ready: (p) => p.locator('#proposal-days') },
  { name: 'indices-empty', stays: true, who: 'thanhtra', path: '/indices', ready: (p) => p.locator('main svg').last() },
  { name: 'own-results-empty', stays: true, who: 'thuly.ht', path: '/my-results', ready: (p) => p.locator('main svg').last() },
  { name: 'roster', stays: true, who: 'giamdoc', path: '/roster', ready: (p) => p.locator('[name=leave_percent]') },
  { name: 'roster-reception', stays: true, who: 'tiepnhan', path: '/roster', ready: (p) => p.locator('#week-title') },
  { name: 'roster-own', stays: true, who: 'thuly.thd', path: '/roster', ready: (p) => p.locator('#own-duties-title') },
  {
    name: 'roster-plan',
    who: 'giamdoc',
    path: '/roster',
    ready: (p) => p.locator('[name=leave_percent]'),
    then: async (p, l) => {
      await p.getByRole('button', { name: by(l, 'Phân công', 'Plan duties'), exact: true }).first().click();
      await p.getByRole('dialog').locator('[name=kind]').selectOption('notice');
      await p.keyboard.press('Control+Enter');
      await expect(p.getByRole('dialog').locator('[name=source]')).toHaveAttribute('aria-invalid', 'true');
    },
  },
  {
    name: 'roster-absence',
    who: 'giamdoc',
    path: '/roster',
    ready: (p) => p.locator('[name=leave_percent]'),
    then: async (p, l) => {
      await p.getByRole('button', { name: by(l, 'Ghi vắng mặt', 'Enter an absence'), exact: true }).click();
      await p.getByRole('dialog').locator('[name=first_day]').fill('4/3/2026');
      await p.keyboard.press('Tab');
      await p.getByRole('dialog').locator('[name=kind]').selectOption('compensatory');
      await expect(p.getByRole('dialog').locator('[name=from]')).toBeVisible();
    },
  },
  { name: 'inspections-inspector', stays: true, who: 'thanhtra', path: '/inspections', ready: row },
  { name: 'inspections-ward', stays: true, who: 'thuly.thd', path: '/inspections', ready: (p) => p.locator('main svg').last() },
  { name: 'inspection-unknown', who: 'giamdoc', path: '/inspections/01900000-0000-7000-8000-000000000000', ready: (p) => p.getByRole('alert') },
  { name: 'findings-leader', stays: true, who: 'lanhdao.thd', path: '/findings', ready: row },
  { name: 'conduct-leader', stays: true, who: 'lanhdao.thd', path: '/conduct-records', ready: row },
  { name: 'own-records-empty', stays: true, who: 'thuly.ht', path: '/my-records', ready: (p) => p.locator('main svg').last() },
  { name: 'feedback', stays: true, who: 'thanhtra', path: '/feedback', ready: row },
  { name: 'feedback-new', stays: true, who: 'tiepnhan', path: '/feedback/new', ready: (p) => p.locator('#new-title') },
  { name: 'feedback-unknown', who: 'giamdoc', path: '/feedback/01900000-0000-7000-8000-000000000000', ready: (p) => p.getByRole('alert') },
  { name: 'denunciations-director', stays: true, who: 'giamdoc', path: '/denunciations', ready: row },
  { name: 'obstacles-reception', stays: true, who: 'tiepnhan', path: '/obstacles', ready: row },
  { name: 'public-feedback', stays: true, path: '/gop-y', ready: (p) => p.locator('#file-title') },
  { name: 'public-feedback-lookup', stays: true, path: '/gop-y/tra-loi', ready: (p) => p.locator('#lookup-title') },
  {
    name: 'public-feedback-not-found',
    path: '/gop-y/tra-loi',
    ready: (p) => p.locator('#lookup-title'),
    then: async (p) => {
      for (const input of await p.locator('main input').all()) await input.fill('X');
      await p.keyboard.press('Control+Enter');
      await expect(p.getByRole('alert')).toBeVisible();
    },
  },
  { name: 'public-feedback-published', stays: true, path: '/gop-y/cong-khai', ready: (p) => p.locator('main li h2').first() },
  { name: 'survey-results-demo', stays: true, who: 'tiepnhan', path: '/surveys/results', ready: (p) => p.locator('#summary-title') },
  { name: 'survey-mine-demo', stays: true, who: 'giamdoc', path: '/surveys/mine', ready: (p) => p.locator('#officers-title') },
  { name: 'survey-remarks-leader', stays: true, who: 'lanhdao.thd', path: '/surveys/remarks', ready: (p) => p.locator('#open-title') },
  { name: 'survey-remarks-inspector', stays: true, who: 'thanhtra', path: '/surveys/remarks', ready: (p) => p.locator('#screening-title') },
  { name: 'survey-samples-demo', stays: true, who: 'giamdoc', path: '/surveys/samples', ready: (p) => p.locator('#samples-title') },
  { name: 'public-survey-results', stays: true, path: '/ket-qua-khao-sat', ready: (p) => p.locator('#choose-title') },
  { name: 'survey-questionnaires', stays: true, who: 'admin', path: '/surveys/questionnaires', ready: (p) => p.locator('[name=slip_code]') },
  { name: 'survey-questionnaire-new', stays: true, who: 'admin', path: '/surveys/questionnaires/new', ready: (p) => p.locator('[name="questions/0/text/vi"]') },
  { name: 'survey-devices-none', stays: true, who: 'admin', path: '/surveys/devices', ready: (p) => p.locator('[name=authority_id]') },
  { name: 'kiosk-without-address', stays: true, path: '/kiosk/survey', ready: heading },
  { name: 'data-requests', stays: true, who: 'giamdoc', path: '/data-requests', ready: (p) => p.locator('#requests-title') },
  { name: 'audit', stays: true, who: 'thanhtra', path: '/audit', ready: row },
  { name: 'retention', stays: true, who: 'admin', path: '/retention', ready: (p) => p.locator('#lists-title') },
  { name: 'messages', stays: true, who: 'admin', path: '/messages', ready: (p) => p.locator('[name=body]') },
  { name: 'organisation', stays: true, who: 'admin', path: '/organisation', ready: (p) => p.locator('[id^="served-"]') },
  { name: 'account', stays: true, who: 'tiepnhan', path: '/account', ready: (p) => p.locator('#second-factor-title') },
  { name: 'roles', stays: true, who: 'admin', path: '/roles', ready: row },
  { name: 'delegations', stays: true, who: 'thuly.thd', path: '/delegations', ready: (p) => p.locator('#delegations-title') },
  { name: 'clients', stays: true, who: 'admin', path: '/clients', ready: (p) => p.locator('#new-client-title') },
  { name: 'users', stays: true, who: 'admin', path: '/users', ready: row },
  {
    name: 'users-roles',
    who: 'admin',
    path: '/users',
    ready: row,
    then: async (p) => {
      await p.getByRole('button', { name: /^(Vai trò|Roles): / }).first().click();
      await expect(p.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'users-dialog',
    who: 'admin',
    path: '/users',
    ready: row,
    then: async (p) => {
      await p.getByRole('button', { name: /^(Ngừng hoạt động|Deactivate): / }).first().click();
      await expect(p.getByRole('dialog')).toBeVisible();
    },
  },
];
