import type { Page } from '@playwright/test';
import type { Api, Dossier } from '../support/api.ts';
import { Data } from '../support/checks.ts';
import { focused, goTo, scan } from '../support/counter.ts';
import { lookAt } from '../support/panel.ts';
import { openedByEnter, wordsOf } from '../support/pdf.ts';
import { bringTo, LONG_NAME, takeIn } from '../support/scene.ts';
import { expect, test } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

interface Whole extends Dossier {
  procedure: { name: string };
  result: { number: string; summary: string };
  collector: { full_name: string; returned_by: { full_name: string } };
}

const documentOf = ({ id }: Dossier) => `/dossiers/${id}/return-receipt/document.pdf`;
const receipt = (page: Page) => page.getByRole('button', { name: vi('dossier:outcome.receipt') });
const completed = async (api: Api) => bringTo(api, await takeIn(api, { name: LONG_NAME }), 'completed');

/** A line may break behind a stroke, as it may at a space. */
const unbroken = (text: string) => text.replace(/([/-]) /g, '$1');

/** Each of `lines` stands on the copy of both sides. */
function bothSay(words: string, lines: string[]): void {
  for (const line of lines)
    expect.soft(unbroken(words).split(unbroken(line)).length - 1, `«${line}», once for each side`).toBeGreaterThanOrEqual(2);
}

/** What every receipt says. */
const always = (dossier: Whole) => [
  'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
  'Độc lập – Tự do – Hạnh phúc',
  'GIẤY BIÊN NHẬN TRẢ KẾT QUẢ',
  'TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG PHƯỜNG TRẦN HƯNG ĐẠO',
  `Mã hồ sơ: ${dossier.code}`,
  `Nội dung yêu cầu giải quyết: ${dossier.procedure.name}`,
  `Chủ hồ sơ: ${LONG_NAME}`,
  `Số, ký hiệu: ${dossier.result.number}`,
  `Trích yếu: ${dossier.result.summary}`,
  `Người nhận kết quả: ${dossier.collector.full_name}`,
  'ngày 02 tháng 03 năm 2026',
  'NGƯỜI NHẬN',
  'NGƯỜI TRẢ',
  dossier.collector.returned_by.full_name,
];

test('who has handed a result back prints its receipt without the mouse', async ({ people, api }) => {
  test.setTimeout(150_000);
  const dossier = await completed(api);
  const page = await people.page('traketqua');
  const data = new Data(page);
  await page.goto('/hand-back');
  await expect(page.getByLabel(vi('dossier:handBack.code'))).toBeFocused();
  await scan(page, dossier.code ?? '');
  await expect.poll(() => focused(page)).toMatch(label('actions:return.identity'));
  await page.keyboard.insertText('001190004321');
  await goTo(page, label('actions:return.originals'));
  await page.keyboard.press('Space');
  await goTo(page, label('actions:return.send'));
  await page.keyboard.press('Enter');
  await expect(page.getByText(vi('dossier:handBack.done', { code: dossier.code ?? '' }))).toBeVisible();
  // The next slip can be scanned at once; the receipt is two steps away.
  await expect(page.getByLabel(vi('dossier:handBack.code'))).toBeFocused();
  await goTo(page, label('dossier:outcome.receipt'), 'Tab', 2);
  expect(await openedByEnter(page)).toBe(documentOf(dossier));
  await lookAt(page, data, 'hand-back-receipt');

  const whole = await api.call<Whole>('traketqua', 'GET', `/dossiers/${dossier.id}`);
  const words = await wordsOf(await api.file('traketqua', documentOf(dossier)));
  bothSay(words, [
    ...always(whole),
    'Kết quả giải quyết: Đồng ý giải quyết',
    'Ngày ký: 02/03/2026',
    'Số căn cước/định danh: 001190004321',
    'Tư cách nhận: Chủ hồ sơ',
    'Cách trả: Tại quầy',
    'Giấy tờ bản chính đã nộp: đã trả lại',
  ]);
  for (const side of ['Liên: Giao khách hàng', 'Liên: Lưu']) expect(words).toContain(side);
  expect(words).not.toContain('Số hiệu bưu gửi');

  await test.step('the next slip takes its place', async () => {
    await page.getByLabel(vi('dossier:handBack.code')).focus();
    await scan(page, (await completed(api)).code ?? '');
    await expect(page.getByRole('region', { name: vi('dossier:handBack.collector') })).toBeVisible();
    await expect(receipt(page)).toHaveCount(0);
  });
});

test('the receipt stays at the dossier, for whoever may see names', async ({ people, api }) => {
  const before = await completed(api);
  await expect(api.file('traketqua', documentOf(before))).rejects.toThrow(/not_returned/);
  const returned = await api.act('traketqua', before, 'returns', {
    collector: {
      full_name: 'Nguyễn Hữu Phước',
      identity_number: '001088007654',
      relation: 'representative',
      authorisation: 'Giấy ủy quyền số 05/2026, chứng thực tại UBND phường Cửa Nam',
      method: 'post',
      tracking_number: 'EB123456789VN',
    },
    originals_returned: true,
  });
  const whole = await api.call<Whole>('traketqua', 'GET', `/dossiers/${returned.id}`);

  const page = await people.page('lanhdao.thd');
  const data = new Data(page);
  await page.goto(`/dossiers/${returned.id}`);
  await expect(receipt(page)).toBeVisible();
  await goTo(page, label('dossier:outcome.receipt'), 'Tab', 120);
  const path = await openedByEnter(page);
  expect(path).toBe(documentOf(returned));
  await lookAt(page, data, 'dossier-receipt');
  bothSay(await wordsOf(await api.file('lanhdao.thd', path)), [
    ...always(whole),
    'Số căn cước/định danh: 001088007654',
    'Tư cách nhận: Người được ủy quyền',
    'Giấy tờ ủy quyền: Giấy ủy quyền số 05/2026, chứng thực tại UBND phường Cửa Nam',
    'Cách trả: Qua bưu chính công ích',
    'Số hiệu bưu gửi: EB123456789VN',
  ]);
  // It names people: that it was opened is told.
  await page.goto(`/dossiers/${returned.id}/views`);
  await expect(page.getByText(vi('dossier:viewPurpose.return_receipt')).first()).toBeVisible();

  const director = await people.page('giamdoc');
  await director.goto(`/dossiers/${returned.id}`);
  await expect(director.getByText(vi('dossier:outcome.collector'), { exact: true })).toBeVisible();
  await expect(receipt(director)).toHaveCount(0);
});

test('a result that is not yet handed back has no receipt to print', async ({ people, api }) => {
  const page = await people.page('lanhdao.thd');
  await page.goto(`/dossiers/${(await completed(api)).id}`);
  await expect(page.getByRole('heading', { name: vi('dossier:outcome.title') })).toBeVisible();
  await expect(receipt(page)).toHaveCount(0);
});
