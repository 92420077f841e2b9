import type { Locator, Page } from '@playwright/test';
import type { Api } from './api.ts';
import { scan } from './counter.ts';
import { expect } from './test.ts';
import { label, vi } from './words.ts';

const text = (key: string, values?: Record<string, string>) => vi(`declaration:${key}`, values);

/** What the scanner types of each person's card, and what of it is to be found on the paper. */
export const cards = {
  an: {
    text: '001084012345|011234567|Nguyễn Đức An|09031984|Nam|Số 5 Hàng Bài, Trần Hưng Đạo, Hoàn Kiếm, Hà Nội|10052021',
    name: 'Nguyễn Đức An',
    number: '001084012345',
  },
  nhu: {
    text: '001190004321|011234568|Trịnh Thị Quỳnh Như|21071990|Nữ|Số 12 Trần Bình Trọng, Trần Hưng Đạo, Hoàn Kiếm, Hà Nội|12062021',
    name: 'Trịnh Thị Quỳnh Như',
    number: '001190004321',
  },
  binh: {
    text: '001045000123|011234569|Nguyễn Văn Bình|02091945|Nam|Số 5 Hàng Bài, Trần Hưng Đạo, Hoàn Kiếm, Hà Nội|15032022',
    name: 'Nguyễn Văn Bình',
    number: '001045000123',
  },
  chau: {
    text: '001315004567|011234570|Nguyễn Minh Châu|03042015|Nữ|Số 5 Hàng Bài, Trần Hưng Đạo, Hoàn Kiếm, Hà Nội|20082024',
    name: 'Nguyễn Minh Châu',
    number: '001315004567',
  },
  nhung: {
    text: '001192007755|011234571|Đỗ Thị Hồng Nhung|05061992|Nữ|Số 21 Lý Thường Kiệt, Cửa Nam, Hà Nội|11112021',
    name: 'Đỗ Thị Hồng Nhung',
    number: '001192007755',
  },
} as const;
export type Card = keyof typeof cards;

/** A declaration: whose cards are scanned, and what no card says. */
export interface Sample {
  code: string;
  /** What is typed to find its form. */
  typed: string;
  scans: [party: string, card: Card][];
  /** Choices are made by what is shown. */
  rest: Record<string, string>;
}

const NATION = 'Việt Nam';
const PURPOSE = 'Đăng ký kết hôn tại phường Trần Hưng Đạo';

/** Ten of them, from birth to business. */
export const samples: Sample[] = [
  {
    code: 'birth',
    typed: '1.001193',
    scans: [['declarant', 'an'], ['mother', 'nhu'], ['father', 'an']],
    rest: {
      'declarant/relation': 'Cha',
      'child/full_name': 'Nguyễn Minh Khôi',
      'child/birth_date': '20/2/2026',
      'child/sex': 'Nam',
      'child/ethnicity': 'Kinh',
      'child/nationality': NATION,
      'child/birth_place': 'Bệnh viện Phụ sản Trung ương, Hà Nội',
      'child/home_town': 'Trần Hưng Đạo, Hà Nội',
      'copies/number': '2',
    },
  },
  {
    code: 'death',
    typed: '1.000656',
    scans: [['declarant', 'an'], ['deceased', 'binh']],
    rest: {
      'declarant/relation': 'Con',
      'deceased/ethnicity': 'Kinh',
      'deceased/nationality': NATION,
      'death/died_on': '28/2/2026',
      'death/place': 'Số 5 Hàng Bài, Hà Nội',
      'death/cause': 'Tuổi già',
    },
  },
  {
    code: 'marriage',
    typed: '1.000894',
    scans: [['wife', 'nhu'], ['husband', 'an']],
    rest: {
      'wife/ethnicity': 'Kinh',
      'wife/nationality': NATION,
      'wife/marriage_count': '1',
      'husband/ethnicity': 'Tày',
      'husband/nationality': NATION,
      'husband/marriage_count': '2',
    },
  },
  {
    code: 'marital_status',
    typed: '1.004873',
    scans: [['declarant', 'an'], ['person', 'an']],
    rest: {
      'declarant/relation': 'Bản thân',
      'person/ethnicity': 'Kinh',
      'person/nationality': NATION,
      'status/state': 'Chưa đăng ký kết hôn với ai',
      'status/purpose': PURPOSE,
    },
  },
  {
    code: 'civil_status_extract',
    typed: '2.000635',
    scans: [['declarant', 'an'], ['person', 'nhu']],
    rest: {
      'declarant/relation': 'Chồng',
      'event/kind': 'Kết hôn',
      'event/registered_at': 'Ủy ban nhân dân phường Trần Hưng Đạo',
      'copies/number': '3',
    },
  },
  {
    code: 'guardianship',
    typed: '1.004837',
    scans: [['declarant', 'an'], ['guardian', 'an'], ['ward', 'chau']],
    rest: {
      'guardian/ethnicity': 'Kinh',
      'guardian/nationality': NATION,
      'ward/ethnicity': 'Kinh',
      'ward/nationality': NATION,
      'guardianship/reason': 'Cha mẹ cháu đã chết, cháu ở cùng bác ruột',
    },
  },
  {
    code: 'permanent_residence',
    typed: '1.004222',
    scans: [['declarant', 'an'], ['head', 'binh']],
    rest: {
      'head/relation': 'Con',
      'change/what': 'Đăng ký thường trú theo cha',
      'change/dwelling': 'Số 7 Hàng Bài, phường Trần Hưng Đạo, Hà Nội',
    },
  },
  {
    code: 'temporary_residence',
    typed: '1.004194',
    scans: [['declarant', 'nhu'], ['head', 'binh']],
    rest: {
      'head/relation': 'Người thuê nhà',
      'change/what': 'Đăng ký tạm trú',
      'change/dwelling': 'Số 9 Hàng Bài, phường Trần Hưng Đạo, Hà Nội',
      'change/from': '3/3/2026',
      'change/to': '3/3/2027',
    },
  },
  {
    code: 'certified_signature',
    typed: '2.000884',
    scans: [['declarant', 'nhu']],
    rest: {
      'paper/title': 'Giấy ủy quyền nhận lương hưu',
      'paper/purpose': 'Nhận lương hưu thay mẹ',
      'paper/pages': '2',
      'paper/copies': '3',
      'paper/manner': 'Ký',
    },
  },
  {
    code: 'household_business',
    typed: '1.001612',
    scans: [['declarant', 'an']],
    rest: {
      'declarant/phone': '0912345678',
      'business/name': 'Hộ kinh doanh Phở Đức An',
      'business/address': 'Số 5 Hàng Bài, phường Trần Hưng Đạo, Hà Nội',
      'business/lines': 'Bán phở, nước giải khát',
      'business/capital': '50.000.000',
      'business/founders': 'Cá nhân',
    },
  },
];

interface FormField {
  key: string;
  kind: string;
  card: string | null;
  name: { vi: string };
}
export interface Form {
  title: { vi: string };
  parties: { key: string; name: { vi: string }; declarant: boolean }[];
  sections: { key: string; name: { vi: string }; party: string | null; fields: FormField[] }[];
}

export const formOf = async (api: Api, code: string): Promise<Form> =>
  (await api.call<{ form: Form }>('tiepnhan', 'GET', `/declaration-forms/${code}`)).form;

/** A field by its key. */
export const fieldOf = (page: Page, key: string): Locator => page.locator(`main [name="${key}"]`);

/** Until what was typed is saved. */
export const saved = (page: Page): Promise<void> =>
  expect(page.getByRole('region', { name: text('fill.standing') }).getByText(text('fill.saved'), { exact: true })).toBeVisible();

/** At the list: finds a form by a few keys and begins. */
export async function begin(page: Page, typed: string, form: Form): Promise<void> {
  await expect(page.getByRole('combobox', { name: label('declaration:begin.form') })).toBeFocused();
  await page.keyboard.type(typed);
  await expect(page.getByRole('listbox').getByRole('option', { selected: true })).toContainText(form.title.vi);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: text('begin.start') })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(form.title.vi);
}

/** Scans somebody's card: all that it can fill is filled and says where it comes from. */
export async function scanParty(page: Page, form: Form, party: string, card: Card): Promise<void> {
  const field = fieldOf(page, `card.${party}`);
  await field.focus();
  await scan(page, cards[card].text);
  const name = form.parties.find((p) => p.key === party)?.name.vi ?? '';
  await expect(page.getByText(text('card.done', { party: name }))).toBeVisible();
  await expect(field).toHaveValue('');
  for (const section of form.sections.filter((s) => s.party === party))
    for (const each of section.fields.filter((f) => f.card)) {
      const filled = fieldOf(page, `${section.key}/${each.key}`);
      await expect(filled, each.name.vi).not.toHaveValue('');
      await expect(filled, each.name.vi).toHaveAccessibleDescription(new RegExp(text('source.card')));
    }
}

/** Types what no card says; what a card has said is never typed. */
export async function typeRest(page: Page, rest: Record<string, string>): Promise<void> {
  for (const [key, value] of Object.entries(rest)) {
    const field = fieldOf(page, key);
    await expect(field, `${key} is nobody's to say`).toHaveValue('');
    if ((await field.evaluate((el) => el.tagName)) === 'SELECT') {
      await field.selectOption({ label: value });
      continue;
    }
    await field.focus();
    await page.keyboard.insertText(value);
  }
  await page.keyboard.press('Control+Enter');
  await saved(page);
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

/** The officer turns the screen: the citizen hears one section after the other and finds each right. */
export async function readBack(page: Page, form: Form): Promise<void> {
  await page.getByRole('region', { name: text('fill.standing') }).getByRole('button', { name: text('fill.readBack') }).press('Enter');
  for (const section of form.sections) {
    await expect(heading(page)).toHaveText(section.name.vi);
    await expect(heading(page)).toBeFocused();
    await page.getByRole('button', { name: text('back.right') }).press('Enter');
  }
  await expect(heading(page)).toHaveText(text('sign.title'));
}

/** Draws a name with the pen. */
export async function draw(page: Page): Promise<void> {
  const pad = page.getByRole('img', { name: text('sign.pad') });
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (!box) throw new Error('no pad');
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
  await page.mouse.move(...at(0.2, 0.6));
  await page.mouse.down();
  for (const [x, y] of [[0.3, 0.2], [0.4, 0.8], [0.5, 0.3], [0.6, 0.7], [0.75, 0.4]] as const)
    await page.mouse.move(...at(x, y), { steps: 6 });
  await page.mouse.up();
  await expect(page.getByRole('img', { name: text('sign.padSigned') })).toBeVisible();
}

/** Signs on the screen, or on paper where several declare; the screen then says thanks and shows nothing of them. */
export async function sign(page: Page, how: 'screen' | 'paper', ...people: Card[]): Promise<void> {
  if (how === 'screen') await draw(page);
  else await expect(page.getByRole('img', { name: text('sign.pad') })).toHaveCount(0);
  await page.getByRole('button', { name: text(how === 'screen' ? 'sign.send' : 'sign.paper') }).press('Enter');
  await expect(page.getByText(text(`end.${how}.text`))).toBeVisible();
  await expect(heading(page)).toHaveText(text(`end.${how}.title`));
  const left = await page.evaluate(() => document.documentElement.outerHTML + JSON.stringify({ ...localStorage, ...sessionStorage }));
  for (const who of people) {
    expect(left).not.toContain(cards[who].name);
    expect(left).not.toContain(cards[who].number);
  }
}
