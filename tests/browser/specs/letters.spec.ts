import type { Locator, Page } from '@playwright/test';
import type { Api, Dossier } from '../support/api.ts';
import { Data } from '../support/checks.ts';
import { goTo } from '../support/counter.ts';
import { lookAt, lookAtAsItIs, openForm, panelOf, sendForm } from '../support/panel.ts';
import { openedByEnter, wordsOf } from '../support/pdf.ts';
import { bringTo, LONG_NAME, takeIn, type Stage } from '../support/scene.ts';
import { expect, test } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

const CENTRE = 'Trung tâm Phục vụ hành chính công phường Trần Hưng Đạo';
const WARD = 'Ủy ban nhân dân phường Trần Hưng Đạo';
const NATION = ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập – Tự do – Hạnh phúc'];

/** As many as are asked for at once where nothing is in order. */
/** What lets a leader ask late. */
const GROUND = 'Khoản 4 Điều 22 Nghị định 123/2015/NĐ-CP';
const ITEMS = [
  'Tờ khai cấp Giấy xác nhận tình trạng hôn nhân có chữ ký của người yêu cầu',
  'Bản sao trích lục ghi chú ly hôn do cơ quan có thẩm quyền cấp',
  'Bản sao quyết định công nhận thuận tình ly hôn đã có hiệu lực pháp luật',
  'Giấy tờ chứng minh nơi thường trú trước năm 2015',
  'Giấy tờ chứng minh nơi thường trú từ năm 2015 đến năm 2021',
  'Văn bản ủy quyền được chứng thực theo quy định',
  'Giấy tờ chứng minh quan hệ giữa người ủy quyền và người được ủy quyền',
  'Bản dịch tiếng Việt có chứng thực chữ ký người dịch đối với giấy tờ bằng tiếng nước ngoài',
  'Giấy tờ đã được hợp pháp hóa lãnh sự',
  'Bản cam đoan về tình trạng hôn nhân trong thời gian cư trú ở nước ngoài',
  'Ghi rõ mục đích sử dụng giấy xác nhận tại mục cuối của tờ khai',
  'Ghi thống nhất họ, chữ đệm, tên giữa tờ khai và thẻ căn cước',
];
/** Reasons as officers give them: several sentences. */
const because = (first: string) =>
  `${first} Giấy tờ kèm theo chưa chứng minh được nơi cư trú trong cả thời gian từ khi đủ tuổi đăng ký kết hôn, ` +
  'nên chưa có căn cứ để xác định tình trạng hôn nhân trong thời gian đó. Cơ quan giải quyết đã gửi văn bản xác minh ' +
  'đến các nơi cư trú trước đây và đã nhắc lại bằng điện thoại, nhưng đến nay vẫn chưa nhận đủ văn bản trả lời. ' +
  'Nội dung này đã được giải thích trực tiếp cho người nộp hồ sơ tại quầy tiếp nhận.';

interface Paper {
  id: string;
  form: string;
  number: number;
}
interface Whole extends Dossier {
  procedure: { name: string };
  components: { name: string }[];
  letters: Paper[];
}

/** A moment of the API as papers write it. */
const moment = (iso: string | null): string => {
  const [, year, month, day, hour, minute] = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+)/.exec(iso ?? '') ?? [];
  return `${hour} giờ ${minute} phút, ngày ${day} tháng ${month} năm ${year}`;
};

const whole = (api: Api, { id }: Dossier): Promise<Whole> => api.call('tiepnhan', 'GET', `/dossiers/${id}`);
const nameOf = async (api: Api, who: string): Promise<string> =>
  (await api.call<{ full_name: string }>(who, 'GET', '/me')).full_name;
const at = async (api: Api, stage: Stage) => bringTo(api, await takeIn(api, { name: LONG_NAME }), stage);

/** The newest paper of a form. */
async function paperOf(api: Api, dossier: Dossier, form: string): Promise<{ dossier: Whole; paper: Paper }> {
  const seen = await whole(api, dossier);
  const paper = seen.letters.filter((l) => l.form === form).at(-1);
  if (!paper) throw new Error(`no paper of form ${form}`);
  return { dossier: seen, paper };
}

const documentOf = (dossier: Dossier, paper: Paper) => `/dossiers/${dossier.id}/letters/${paper.id}/document.pdf`;

/** A line may break behind a stroke, as it may at a space. */
const unbroken = (text: string) => text.replace(/([/-]) /g, '$1');

function holds(words: string, lines: string[]): void {
  for (const line of lines) expect.soft(unbroken(words), `«${line}»`).toContain(unbroken(line));
}

/** The newest paper of a form, which must say all of `lines`, and what every paper says. */
async function says(api: Api, who: string, of: Dossier, form: string, lines: string[]): Promise<string> {
  const { dossier, paper } = await paperOf(api, of, form);
  const words = await wordsOf(await api.file(who, documentOf(of, paper)));
  const written = String(paper.number).padStart(2, '0');
  holds(words, [
    ...NATION,
    `Số: ${written}${form === '02' ? '/HDHS' : ''}`,
    dossier.code ? `Mã hồ sơ: ${dossier.code}` : `Số đăng ký hồ sơ: ${dossier.submission_number}`,
    dossier.procedure.name,
    ...lines,
  ]);
  return words;
}

test('every paper says what was entered, be it ever so long', async ({ api }) => {
  test.setTimeout(240_000);
  const [reception, leader] = await Promise.all([nameOf(api, 'tiepnhan'), nameOf(api, 'lanhdao.thd')]);

  await test.step('form 02, before and after it was received', async () => {
    const reason = because('Tờ khai chưa có chữ ký của người yêu cầu.');
    const title = 'PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ';
    const filed = await takeIn(api, { name: LONG_NAME, mode: 'check' });
    const asked = await api.act('tiepnhan', filed, 'supplement-requests', { items: ITEMS, reason });
    const lines = [title, CENTRE.toUpperCase(), `Hồ sơ của: ${LONG_NAME}`, ...ITEMS, `Lý do: ${reason}`, 'NGƯỜI HƯỚNG DẪN'];
    await says(api, 'tiepnhan', asked, '02', [...lines, reception]);
    const late = await api.act('lanhdao.thd', await at(api, 'processing'), 'supplement-requests', {
      items: ITEMS,
      reason,
      legal_exception: GROUND,
    });
    await says(api, 'lanhdao.thd', late, '02', [...lines, `Căn cứ: ${GROUND}`, leader]);
  });

  await test.step('form 03', async () => {
    const reason = because('Việc này thuộc thẩm quyền của Ủy ban nhân dân nơi thường trú trước đây.');
    const filed = await takeIn(api, { name: LONG_NAME, mode: 'check' });
    const refused = await api.act('tiepnhan', filed, 'refusals', { reason_code: 'not_competent', reason });
    await says(api, 'tiepnhan', refused, '03', [
      'PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ',
      CENTRE.toUpperCase(),
      `Bộ phận Tiếp nhận và Trả kết quả: ${CENTRE}`,
      `Tiếp nhận hồ sơ của: ${LONG_NAME}`,
      'Số điện thoại: 0912345678',
      reason,
      'NGƯỜI TIẾP NHẬN HỒ SƠ',
      reception,
    ]);
  });

  await test.step('form 04, with the old date and the new', async () => {
    const reason = because('Cơ quan phối hợp chưa trả lời xác minh.');
    const before = await at(api, 'processing');
    const moved = await api.act('lanhdao.thd', before, 'extensions', {
      new_due_on: '2026-03-09',
      reason_code: 'other_agency',
      reason,
    });
    expect(moved.due_at).not.toBe(before.due_at);
    const words = await says(api, 'lanhdao.thd', moved, '04', [
      'VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN',
      WARD.toUpperCase(),
      `Kính gửi: ${LONG_NAME}`,
      `Ngày hẹn trả kết quả: ${moment(before.due_at)}`,
      `Lý do: ${reason}`,
      `sẽ được trả vào: ${moment(moved.due_at)}`,
      leader,
    ]);
    // It is the handling body's, not the centre's.
    expect(words).not.toContain(CENTRE.toUpperCase());
  });

  await test.step('form 05, for what is stopped and for what is held', async () => {
    const reason = because('Có tranh chấp đang được Tòa án thụ lý.');
    const ground = 'Điểm d khoản 1 Điều 214 Bộ luật Tố tụng dân sự';
    const lines = ['THÔNG BÁO', WARD.toUpperCase(), `Kính gửi: ${LONG_NAME}`, `Lý do: ${reason}`, `Căn cứ: ${ground}`, leader];
    const body = { reason, legal_ground: ground };
    const stopped = await api.act('lanhdao.thd', await at(api, 'processing'), 'stops', body);
    const { components } = await whole(api, stopped);
    await says(api, 'lanhdao.thd', stopped, '05', [
      ...lines,
      'Về việc dừng giải quyết hồ sơ',
      'Giấy tờ bản chính trả lại',
      ...components.map((c) => c.name),
    ]);
    const held = await api.act('lanhdao.thd', await at(api, 'processing'), 'holds', body);
    await says(api, 'lanhdao.thd', held, '05', [...lines, 'Về việc tạm dừng giải quyết hồ sơ']);
  });
});

interface Hop {
  from_desk: string;
  to_desk: string;
  given_by: { full_name: string };
  taken_by: { full_name: string } | null;
}

test('the control slip has every hop, who gave and who took', async ({ api }) => {
  const given = await at(api, 'given');
  const declined = await api.act('thuly.thd', given, `handovers/${given.open_handover?.id}/acknowledgements`, {
    accepted: false,
    reason: 'Thiếu một tờ so với phiếu.',
  });
  const completed = await bringTo(api, declined, 'completed');
  const { hops } = await api.call<{ hops: Hop[] }>('giamdoc', 'GET', `/dossiers/${completed.id}/control-slip`);
  expect(hops.length).toBeGreaterThan(2);
  const desks: Record<string, string> = {
    reception: 'Bộ phận tiếp nhận',
    handler: `Công chức thụ lý, ${WARD}`,
    leader: `Lãnh đạo ${WARD}`,
    results_desk: 'Bộ phận trả kết quả',
    citizen: 'Người dân',
  };
  const words = await wordsOf(await api.file('giamdoc', `/dossiers/${completed.id}/control-slip/document.pdf`));
  holds(words, [
    ...NATION,
    'PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ',
    `Mã hồ sơ: ${completed.code}`,
    `Cơ quan (bộ phận) giải quyết hồ sơ: ${WARD}`,
    'Không nhận. Thiếu một tờ so với phiếu.',
    ...hops.flatMap((h) => [
      `Giao: ${desks[h.from_desk]} ${h.given_by.full_name}`,
      ...(h.taken_by ? [`Nhận: ${desks[h.to_desk]} ${h.taken_by.full_name}`] : []),
    ]),
  ]);
  // It names officers, and nobody else.
  expect(words).not.toContain(LONG_NAME);
});

test('the register has what was received under its number', async ({ api }) => {
  const received = await takeIn(api, { name: LONG_NAME });
  const { dossier, paper } = await paperOf(api, received, '01');
  const ward = await api.ward('thd');
  const path = `/dossier-register/document.pdf?authority_id=${ward.id}&year=2026&from=${paper.number}&to=${paper.number}`;
  const words = await wordsOf(await api.file('lanhdao.thd', path));
  holds(words, ['SỔ THEO DÕI HỒ SƠ', CENTRE.toUpperCase(), `Cơ quan giải quyết: ${WARD}`, `Từ số ${paper.number} đến số ${paper.number}`]);
  // The columns are narrow: lines break within the code.
  const close = (text: string) => text.replaceAll(' ', '');
  holds(close(words), [dossier.code ?? '', LONG_NAME, dossier.procedure.name, '0912345678'].map(close));
});

const card = (page: Page): Locator => page.getByRole('region', { name: vi('dossier:letters.title'), exact: true });
const namesOf = (form: string, { number }: Paper, what = vi('dossier:letters.document')) => ({
  what,
  name: vi(`dossier:letter.${form}`),
  number: String(number),
});

test('papers are opened from the dossier’s page by keyboard, and told when they are not kept', async ({ people, api }) => {
  test.setTimeout(150_000);
  const asked = await api.act('thuly.thd', await at(api, 'processing'), 'supplement-requests', {
    items: ITEMS,
    reason: because('Tờ khai chưa ký.'),
  });
  const { paper } = await paperOf(api, asked, '02');
  const control = vi('dossier:letters.ofControl', { what: vi('dossier:letters.document'), name: vi('dossier:letter.06') });
  const page = await people.page('thuly.thd');
  const data = new Data(page);
  await page.goto(`/dossiers/${asked.id}`);
  await expect(card(page).getByRole('listitem')).toHaveCount(3);
  await goTo(page, label('dossier:letters.of', namesOf('02', paper)), 'Tab', 120);
  expect(await openedByEnter(page)).toBe(documentOf(asked, paper));
  await goTo(page, new RegExp(`^${control}$`));
  expect(await openedByEnter(page)).toBe(`/dossiers/${asked.id}/control-slip/document.pdf`);
  await lookAt(page, data, 'letters');

  const said = 'Không lưu nội dung của phiếu này: phiếu được lập trước khi phần mềm lưu nội dung phiếu.';
  await page.route('**/letters/*/document.pdf', (route) =>
    route.fulfill({
      status: 404,
      contentType: 'application/problem+json',
      json: { status: 404, code: 'letter_not_kept', title: 'Không lưu nội dung phiếu', detail: said },
    }),
  );
  await card(page).getByRole('button', { name: vi('dossier:letters.of', namesOf('02', paper)) }).press('Enter');
  await expect(card(page).getByRole('alert')).toContainText(said);
  await lookAtAsItIs(page, 'letters-not-kept');

  // A director reads no personal data: what was issued is told, and the control slip is there.
  const director = await people.page('giamdoc');
  await director.goto(`/dossiers/${asked.id}`);
  await expect(card(director).getByRole('listitem')).toHaveCount(3);
  const buttons = card(director).getByRole('button');
  await expect(buttons).toHaveCount(1);
  await buttons.focus();
  await expect(buttons).toBeFocused();
  expect(await openedByEnter(director)).toContain('/control-slip/');
});

test('the process history is printed from the timeline’s card, and names officers only', async ({ people, api }) => {
  const given = await at(api, 'given');
  const page = await people.page('giamdoc');
  const data = new Data(page);
  await page.goto(`/dossiers/${given.id}`);
  const timeline = page.getByRole('region', { name: vi('dossier:timeline.title'), exact: true });
  const button = timeline.getByRole('button', { name: vi('dossier:timeline.print'), exact: true });
  await button.focus();
  await expect(button).toBeFocused();
  const asked = `/dossiers/${given.id}/history/document.pdf`;
  expect(await openedByEnter(page)).toBe(asked);
  await lookAt(page, data, 'history');
  const words = await wordsOf(await api.file('giamdoc', asked));
  holds(words, [
    ...NATION,
    'QUÁ TRÌNH XỬ LÝ HỒ SƠ',
    `Mã hồ sơ: ${given.code}`,
    `Cơ quan giải quyết: ${WARD}`,
    vi('dossier:event.accepted'),
    vi('dossier:event.handed_over'),
    await nameOf(api, 'tiepnhan'),
  ]);
  expect(words).not.toContain(LONG_NAME);
});

test('who has issued a paper prints it with one key', async ({ people, api }) => {
  test.setTimeout(150_000);
  const print = (within: Locator | Page, form: string, paper: Paper) =>
    within.getByRole('button', { name: vi('dossier:letters.of', namesOf(form, paper, vi('actions:printLetter'))), exact: true });

  await test.step('a handler who asks for a supplement', async () => {
    const dossier = await at(api, 'processing');
    const page = await people.page('thuly.thd');
    const data = new Data(page);
    await page.goto(`/dossiers/${dossier.id}`);
    const panel = await openForm(page, 'supplement-requests');
    await expect(panel.getByLabel(label('actions:supplementRequest.ground'))).toHaveCount(0);
    await panel.getByLabel(label('actions:supplementRequest.item', { number: '1' })).fill(ITEMS[0] ?? '');
    await panel.getByLabel(label('actions:supplementRequest.reason')).fill(because('Tờ khai chưa ký.'));
    await sendForm(page, 'supplement-requests', 'supplementRequest.send');
    const { paper } = await paperOf(api, dossier, '02');
    await expect(print(panelOf(page), '02', paper)).toBeFocused();
    expect(await openedByEnter(page)).toBe(documentOf(dossier, paper));
    await lookAt(page, data, 'letter-issued');
  });

  await test.step('a leader who asks late says by what law', async () => {
    const dossier = await at(api, 'processing');
    const page = await people.page('lanhdao.thd');
    const data = new Data(page);
    await page.goto(`/dossiers/${dossier.id}`);
    const panel = await openForm(page, 'supplement-requests');
    await panel.getByLabel(label('actions:supplementRequest.item', { number: '1' })).fill(ITEMS[0] ?? '');
    await panel.getByLabel(label('actions:supplementRequest.ground')).fill(GROUND);
    await panel.getByLabel(label('actions:supplementRequest.reason')).fill(because('Tờ khai chưa ký.'));
    await lookAt(page, data, 'supplement-late');
    await sendForm(page, 'supplement-requests', 'supplementRequest.send');
    await says(api, 'lanhdao.thd', dossier, '02', [`Căn cứ: ${GROUND}`]);
  });

  await test.step('a leader who signs an apology among what waits for him', async () => {
    const drafted = await api.act('thuly.thd', await at(api, 'processing'), 'apologies', {
      new_due_on: '2026-03-09',
      reason_code: 'other_agency',
      reason: because('Cơ quan phối hợp chưa trả lời xác minh.'),
    });
    const code = drafted.code ?? '';
    const page = await people.page('lanhdao.thd');
    await page.goto('/approvals');
    await page.getByRole('button', { name: vi('dossier:apologies.signOf', { code }) }).press('Enter');
    await expect(page.getByRole('dialog').getByRole('button', { name: vi('actions:apology.sign') })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByText(vi('dossier:apologies.signed', { code }))).toBeVisible();
    const { paper } = await paperOf(api, drafted, '04');
    const button = print(page, '04', paper);
    await button.focus();
    await expect(button).toBeFocused();
    expect(await openedByEnter(page)).toBe(documentOf(drafted, paper));
    await lookAtAsItIs(page, 'approvals-signed');
  });
});
