import type { Locator, Page } from '@playwright/test';
import type { Dossier } from '../support/api.ts';
import { Data } from '../support/checks.ts';
import { goTo } from '../support/counter.ts';
import { lookAt } from '../support/panel.ts';
import { openedByEnter, wordsOf } from '../support/pdf.ts';
import { bringTo, LONG_NAME, takeIn } from '../support/scene.ts';
import { expect, test } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

const WARD = 'Ủy ban nhân dân phường Hàng Trống';
const NOTE = 'Kèm một phong bì niêm phong của người nộp.';
const REASON = 'Thiếu một tờ so với phiếu.';

interface Item {
  dossier_id: string;
  code: string;
  procedure_name: string;
  owner_name: string;
  pages: number | null;
  taken_by: { full_name: string } | null;
  accepted: boolean | null;
}

/** The columns of the document are narrow: lines break within codes and numbers. */
const close = (text: string) => text.replace(/\s/g, '');
const rowOf = (page: Page, { code }: Dossier): Locator => page.getByRole('row').filter({ hasText: code ?? '' });

test('what a counter gave on a day is a sheet: looked at, followed and printed by keyboard', async ({ people, api }) => {
  test.setTimeout(150_000);
  const ward = await api.ward('ht');
  const owned = () => takeIn(api, { name: LONG_NAME, ward: 'ht' });
  const taken = await bringTo(api, await owned(), 'given', 'ht');
  const declined = await bringTo(api, await owned(), 'given', 'ht');
  const waiting = await api.act('tiepnhan', await owned(), 'handovers', { to: 'handler', pages: 12, note: NOTE });
  const kept = await owned();
  await api.act('thuly.ht', declined, `handovers/${declined.open_handover?.id}/acknowledgements`, {
    accepted: false,
    reason: REASON,
  });

  const page = await people.page('tiepnhan');
  const data = new Data(page);
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await goTo(page, new RegExp(`^${vi('common:nav.handoverSheet')}$`), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('handover:title'));
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();

  await test.step('the day is today, the desk the handler’s; the authority is chosen', async () => {
    await expect(page.locator('[name=day]')).toHaveValue('02/03/2026');
    await expect(page.locator('[name=desk]')).toHaveValue('handler');
    const authority = page.locator('[name=authority]');
    await expect(authority.locator('option')).toHaveCount(3);
    await goTo(page, label('intake:authority.label'));
    await expect(authority).toBeFocused();
    const chosen = authority.locator('option:checked');
    for (let i = 0; i < 3 && (await chosen.textContent()) !== WARD; i++) await page.keyboard.press('ArrowDown');
    await expect(chosen).toHaveText(WARD);
    await expect(page).toHaveURL(new RegExp(`authority=${ward.id}`));
  });

  await test.step('each dossier stands there with what became of it', async () => {
    await expect(rowOf(page, declined)).toContainText(vi('handover:sentBack'));
    await expect(rowOf(page, declined)).toContainText('Hoàng Minh Tuấn');
    await expect(rowOf(page, declined)).toContainText(vi('handover:reason', { words: REASON }));
    await expect(rowOf(page, waiting)).toContainText(vi('handover:notTaken'));
    await expect(rowOf(page, waiting)).toContainText(vi('handover:note', { words: NOTE }));
    await expect(rowOf(page, waiting)).toContainText(LONG_NAME);
    await expect(rowOf(page, waiting).getByRole('cell', { name: '12', exact: true })).toBeVisible();
    // Never given.
    await expect(rowOf(page, kept)).toHaveCount(0);
    // What the handler takes meanwhile shows without being asked for.
    await expect(rowOf(page, taken)).toContainText(vi('handover:notTaken'));
    await bringTo(api, taken, 'processing', 'ht', 'given');
    await expect(rowOf(page, taken)).toContainText('Hoàng Minh Tuấn');
    await expect(rowOf(page, taken)).not.toContainText(vi('handover:notTaken'));
    await lookAt(page, data, 'handover-sheet-of-a-day');
  });

  await test.step('the table says what the program does', async () => {
    const { items } = await api.call<{ items: Item[] }>(
      'tiepnhan',
      'GET',
      `/handover-sheet?day=2026-03-02&to_desk=handler&authority_id=${ward.id}`,
    );
    const mine = [taken, declined, waiting].map((d) => d.id);
    expect(items.filter((i) => mine.includes(i.dossier_id)).map((i) => i.dossier_id)).toEqual(mine);
    for (const item of items) {
      const row = page.getByRole('row').filter({ hasText: item.code }).first();
      for (const said of [item.procedure_name, item.owner_name, item.taken_by?.full_name ?? vi('handover:notTaken')])
        await expect(row).toContainText(said);
      await expect(row.getByRole('cell').nth(4)).toHaveAccessibleName(String(item.pages ?? '–'));
    }
  });

  await test.step('it is printed for both sides to sign', async () => {
    await goTo(page, label('handover:print'), 'Tab', 60);
    const path = await openedByEnter(page);
    expect(path).toBe(`/handover-sheet/document.pdf?day=2026-03-02&to_desk=handler&authority_id=${ward.id}`);
    const words = close(await wordsOf(await api.file('tiepnhan', path)));
    const said = [
      'TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG PHƯỜNG TRẦN HƯNG ĐẠO',
      'PHIẾU BÀN GIAO HỒ SƠ',
      `Ngày 02/03/2026. Bên nhận: Công chức thụ lý, ${WARD}`,
      'Bên giao: Nguyễn Thị Thu Hà. Tổng số hồ sơ: ',
      ...[taken, declined, waiting].map((d) => d.code ?? ''),
      LONG_NAME,
      'Cấp Giấy xác nhận tình trạng hôn nhân',
      'Hoàng Minh Tuấn',
      `Không nhận. ${REASON}`,
      NOTE,
      'Phiếu lập thành hai bản, mỗi bên giữ một bản.',
    ];
    for (const each of said) expect.soft(words, `«${each}»`).toContain(close(each));
    const signed = words.split(close('mỗi bên giữ một bản.')).at(-1);
    for (const each of ['Bên giao', 'Nguyễn Thị Thu Hà', 'Bên nhận']) expect.soft(signed, `«${each}»`).toContain(close(each));
    expect(words).not.toContain(kept.code);
  });

  await test.step('a day without anything says so', async () => {
    const day = page.locator('[name=day]');
    await goTo(page, label('handover:day'), 'Shift+Tab');
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('1/3/2026');
    await page.keyboard.press('Enter');
    await expect(page.getByText(vi('handover:empty', { day: '01/03/2026', desk: vi('dossier:desk.handler') }))).toBeVisible();
    await expect(page).toHaveURL(/day=2026-03-01/);
    await expect(page.getByRole('button', { name: vi('handover:print') })).toHaveCount(0);
    await expect(page.getByRole('row')).toHaveCount(0);
    await lookAt(page, data, 'handover-sheet-of-nothing');
    // What is chosen is in the address.
    await page.reload();
    await expect(day).toHaveValue('01/03/2026');
    await expect(page.locator('[name=authority] option:checked')).toHaveText(WARD);
    await page.goBack();
    await expect(rowOf(page, waiting)).toBeVisible();
  });

  await test.step('a code leads to its dossier', async () => {
    await page.locator('[name=authority]').focus();
    await goTo(page, new RegExp(`^${(waiting.code ?? '').replaceAll('.', '\\.')}$`), 'Tab', 120);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(waiting.code ?? '');
  });
});

test('a handler has a sheet of what went to the leader, of the own authority only', async ({ people, api }) => {
  const submitted = await bringTo(api, await takeIn(api, { name: LONG_NAME, ward: 'ht' }), 'awaiting_signature', 'ht');
  const page = await people.page('thuly.ht');
  await page.goto('/handover-sheet');
  await expect(page.locator('[name=authority] option')).toHaveText([WARD]);
  const desk = page.locator('[name=desk]');
  await desk.focus();
  await page.keyboard.press('ArrowDown');
  await expect(desk).toHaveValue('leader');
  await expect(page).toHaveURL(/desk=leader/);
  await expect(rowOf(page, submitted)).toContainText(LONG_NAME);
  await goTo(page, label('handover:print'));
  const words = close(await wordsOf(await api.file('thuly.ht', await openedByEnter(page))));
  for (const said of [`Bên nhận: Lãnh đạo ${WARD}`, 'Bên giao: Hoàng Minh Tuấn', submitted.code ?? '', LONG_NAME])
    expect.soft(words, `«${said}»`).toContain(close(said));
});

test('the list of what was given leads to the sheet', async ({ people }) => {
  const page = await people.page('tiepnhan');
  await page.goto('/?list=awaitingAcknowledgement');
  await page.getByRole('link', { name: vi('dossier:work.handoverSheet') }).press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('handover:title'));
});
