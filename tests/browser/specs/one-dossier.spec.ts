import { picture } from '../support/checks.ts';
import { fillTheCounter, focused, goTo, OWNER } from '../support/counter.ts';
import { act } from '../support/panel.ts';
import { expect, test } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

/** What the slip of form 01 must hold, line by line, besides names and dates. */
const FORM_01 = [
  'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
  'Độc lập – Tự do – Hạnh phúc',
  'GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ',
  'Trung tâm Phục vụ hành chính công phường Trần Hưng Đạo',
  OWNER,
  'Cấp Giấy xác nhận tình trạng hôn nhân',
  'Tờ khai cấp Giấy xác nhận tình trạng hôn nhân',
  '02 (bộ)',
  '3 ngày làm việc',
  'ngày 02 tháng 03 năm 2026',
  '17 giờ 30 phút, ngày 05 tháng 03 năm 2026',
  'Nguyễn Thị Thu Hà',
];

test('one dossier goes from a scanned card to hand-back through four roles, by keyboard alone at the counter', async ({
  people,
}) => {
  test.setTimeout(180_000);
  let code = '';

  await test.step('reception takes it in, touching nothing but the keyboard', async () => {
    const page = await people.page('tiepnhan');
    const keys = page.keyboard;
    await page.goto('/');
    await expect(page.getByRole('heading', { name: vi('dossier:work.title') })).toBeFocused();
    await keys.press('Shift+Tab');
    await goTo(page, new RegExp(`^${vi('common:nav.intake')}$`), 'Shift+Tab');
    await keys.press('Enter');
    await expect.poll(() => focused(page)).toMatch(label('intake:card.label'));

    await fillTheCounter(page, { procedure: label('intake:procedure.label'), ward: label('intake:authority.label') });
    const chosen = page.locator('[name=authority] option:checked');
    while (!/Trần Hưng Đạo/.test((await chosen.textContent()) ?? '')) await keys.press('ArrowDown');
    await goTo(page, /^Tờ khai/, 'Enter');
    await keys.press('2');
    await expect(page.getByRole('textbox', { name: label('intake:papers.countOf', { kind: vi('intake:papers.originals'), name: 'Tờ khai' }) })).toHaveValue('2');
    await goTo(page, label('intake:papers.countOf', { kind: vi('intake:papers.photocopies'), name: 'Tờ khai' }), 'Enter');
    await keys.type('1');
    await goTo(page, label('intake:papers.sets'), 'Enter');
    await keys.type('2');

    await expect(page.getByRole('complementary')).toContainText('17:30');
    await expect(page.getByRole('complementary')).toContainText('thứ Năm, 05/03/2026');
    await goTo(page, label('dossier:why.summary'));
    await keys.press('Enter');
    const days = page.getByRole('complementary').locator('ol > li');
    await expect(days).toHaveCount(4);
    await expect(days.first()).toContainText('02/03/2026');
    await expect(days.first()).toContainText('Ngày tiếp nhận, không tính');
    for (const [i, date] of ['03/03/2026', '04/03/2026', '05/03/2026'].entries()) {
      await expect(days.nth(i + 1)).toContainText(date);
      await expect(days.nth(i + 1)).toContainText(`ngày thứ ${i + 1}`);
    }
    await goTo(page, label('intake:delivery.note'), 'Shift+Tab');
    await keys.type('Người dân cần sớm.');
    await keys.press('Control+Enter');

    await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('intake:done.accepted'));
    code = /H26\.14\.100-260302-\d{4}/.exec((await page.getByRole('main').textContent()) ?? '')?.[0] ?? '';
    expect(code, 'the code is on the screen').not.toBe('');
    await expect.poll(() => focused(page), 'Enter prints').toMatch(label('intake:done.print'));

    await goTo(page, label('intake:done.open'));
    await keys.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(code);
  });

  await test.step('the slip has every line of form 01, once for each side', async () => {
    const page = await people.page('tiepnhan');
    await page.goto('/dossiers');
    await page.getByRole('searchbox').fill(code);
    // A whole code opens its dossier, as a scanner types it; no list comes between.
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(code);
    await page.getByRole('link', { name: vi('dossier:page.slip'), exact: true }).click();
    const sheets = page.getByRole('article');
    await expect(sheets).toHaveCount(2);
    await expect(sheets.nth(0)).toContainText('Liên: Giao khách hàng');
    await expect(sheets.nth(1)).toContainText('Liên: Lưu');
    for (const sheet of await sheets.all()) {
      for (const text of [code, ...FORM_01]) await expect(sheet).toContainText(text);
      await expect(sheet.getByRole('row', { name: /Tờ khai/ })).toContainText(/2\s*1$/);
      const qr = sheet.getByRole('img', { name: vi('slip:qr') });
      await expect(qr).toBeVisible();
      expect(await qr.evaluate((img: HTMLImageElement) => img.naturalWidth), 'the QR code is drawn').toBeGreaterThan(20);
    }
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('navigation').first()).toBeHidden();
    await expect(sheets.nth(1)).toBeVisible();
    await picture(page, 'slip-printed', { fullPage: true });
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('checkbox').uncheck();
    await expect(sheets).toHaveCount(1);

    // Back at the dossier it goes on to the handler.
    await page.getByRole('link', { name: vi('slip:back') }).click();
    await act(page, 'handovers', 'handover.send', async () => {
      await expect(page.getByLabel(vi('actions:handover.to'))).toHaveValue('handler');
    });
    await expect(
      page.getByText(vi('dossier:handover.open', { desk: vi('dossier:desk.handler') })),
    ).toBeVisible();
  });

  const handler = await people.page('thuly.thd');
  await test.step('the handler acknowledges it, and submits it for signature', async () => {
    await handler.goto('/');
    await handler.getByRole('link', { name: code }).click();
    await act(handler, 'acknowledgements', 'acknowledge.send');
    await expect(handler.getByText(vi('dossier:state.processing')).first()).toBeVisible();
    await act(handler, 'handovers', 'handover.send', async () => {
      await expect(handler.getByLabel(vi('actions:handover.to'))).toHaveValue('leader');
    });
    await expect(handler.getByText(vi('dossier:subState.awaiting_signature')).first()).toBeVisible();
  });

  await test.step('the leader signs it on the page of approvals', async () => {
    const page = await people.page('lanhdao.thd');
    await page.goto('/approvals');
    await page.getByRole('button', { name: vi('dossier:approvals.grantOf', { code }) }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText(code);
    await expect(dialog).toContainText(OWNER);
    await dialog.getByRole('button', { name: vi('actions:decide.sendGrant') }).click();
    await expect(page.getByText(vi('dossier:approvals.granted', { code }))).toBeVisible();
    await expect(page.getByRole('link', { name: code })).toHaveCount(0);
  });

  await test.step('the handler, whose page has followed, records the result', async () => {
    await expect(handler.getByText(vi('dossier:subState.decided')).first()).toBeVisible();
    await act(handler, 'results', 'result.send', async () => {
      await handler.getByLabel(vi('actions:result.number')).fill('125/UBND-XNTTHN');
      await expect(handler.getByLabel(vi('actions:result.issuedOn'))).toHaveValue('02/03/2026');
      await handler.getByLabel(vi('actions:result.summary')).fill('Giấy xác nhận tình trạng hôn nhân số 125');
    });
    await expect(handler.getByText(vi('dossier:state.completed')).first()).toBeVisible();
  });

  await test.step('the results desk hands it back to whom it belongs', async () => {
    const page = await people.page('traketqua');
    await page.goto('/');
    await expect(page.getByRole('link', { name: code })).toBeVisible();
    await page.getByRole('link', { name: vi('common:nav.handBack') }).click();
    const scanned = page.getByLabel(vi('dossier:handBack.code'));
    await expect(scanned).toBeFocused();
    await page.keyboard.insertText(code);
    await page.keyboard.press('Enter');
    const collector = page.getByRole('region', { name: vi('dossier:handBack.collector') });
    await expect(collector.getByLabel(vi('actions:return.name'))).toHaveValue(OWNER);
    await collector.getByLabel(vi('actions:return.identity')).fill('001084012345');
    await collector.getByRole('checkbox', { name: vi('actions:return.originals') }).check();
    await collector.getByRole('button', { name: vi('actions:return.send') }).click();
    await expect(page.getByText(vi('dossier:handBack.done', { code }))).toBeVisible();
    await expect(scanned).toBeFocused();
  });

  await test.step('the citizen sees it returned', async () => {
    const page = await people.page();
    await page.goto('/tra-cuu');
    await page.getByLabel(vi('open:lookup.code')).fill(code);
    await page.getByLabel(vi('open:lookup.proof')).fill('2345');
    await page.keyboard.press('Enter');
    const found = page.getByRole('region', { name: code });
    await expect(found).toContainText('Đã trả');
    await expect(found).not.toContainText(OWNER);
    await expect(found).not.toContainText('001084012345');
    await expect(found.getByRole('listitem').first()).toBeVisible();
  });

  await test.step('whoever looks at it later finds the whole story', async () => {
    const page = await people.page('thanhtra');
    await page.goto(`/dossiers?q=${code}`);
    await page.getByRole('link', { name: code }).click();
    const story = page.getByRole('region', { name: vi('dossier:timeline.title') }).getByRole('listitem');
    await expect(story).toHaveCount(7);
    for (const name of ['Nguyễn Thị Thu Hà', 'Lê Văn Đức', 'Đặng Quốc Khánh', 'Dương Thị Ngọc Ánh'])
      await expect(story.filter({ hasText: name }).first()).toBeVisible();
    await expect(page.getByText(vi('actions:nothing'))).toBeVisible();
  });
});
