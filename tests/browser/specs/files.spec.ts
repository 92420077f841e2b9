import { readFileSync } from 'node:fs';
import { deflateSync, crc32 } from 'node:zlib';
import type { Page } from '@playwright/test';
import { Data } from '../support/checks.ts';
import { goTo } from '../support/counter.ts';
import { lookAt, lookAtAsItIs } from '../support/panel.ts';
import { takeIn } from '../support/scene.ts';
import { expect, forgive, test } from '../support/test.ts';
import { vi } from '../support/words.ts';

const PAPER = 'Tờ khai cấp Giấy xác nhận tình trạng hôn nhân theo mẫu, ghi rõ mục đích sử dụng';
const cardOf = (page: Page) => page.getByRole('region', { name: vi('file:title') });
const add = (page: Page) => cardOf(page).getByRole('button', { name: vi('file:addOf', { name: PAPER }), exact: true });

/** A document of one page that is no other's. */
const pdf = (of: string, objects = ''): Buffer =>
  Buffer.from(
    '%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n' +
      `3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n% ${of}\n${objects}` +
      'xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n9\n%%EOF\n',
  );

const chunk = (kind: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(kind), data]);
  const number = (n: number) => {
    const four = Buffer.alloc(4);
    four.writeUInt32BE(n >>> 0);
    return four;
  };
  return Buffer.concat([number(data.length), body, number(crc32(body))]);
};

/** A grey scan with lines on it. */
const scan = (): Buffer => {
  const [width, height] = [620, 877];
  const lines = Array.from({ length: height }, (_, y) =>
    Buffer.concat([Buffer.from([0]), Buffer.alloc(width, y > 100 && y % 40 < 6 ? 40 : 242)]),
  );
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(lines))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

/** Chooses a file in the dialog that a key opens. */
async function choose(page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  // Asked for long before the key, which may otherwise be quicker.
  const chooser = page.waitForEvent('filechooser', { timeout: 30_000 });
  await add(page).focus();
  await expect(add(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(files);
}

test('an officer scans a paper in, looks at it and withdraws what was scanned by mistake, by keyboard alone', async ({
  people,
  api,
}) => {
  test.setTimeout(120_000);
  const dossier = await takeIn(api, { name: 'Phạm Thị Tuyết Mai', identity: '001188009911' });
  const page = await people.page('tiepnhan');
  const data = new Data(page);
  await page.goto(`/dossiers/${dossier.id}`);
  const card = cardOf(page);
  await expect(card).toContainText(vi('file:state.none'));
  await lookAt(page, data, 'files-none');

  // Two at once: a picture and a document.
  await choose(
    page,
    { name: 'Tờ khai trang 1.png', mimeType: 'image/png', buffer: scan() },
    { name: 'Tờ khai.pdf', mimeType: 'application/pdf', buffer: pdf('tờ khai') },
  );
  await expect(card).toContainText(vi('file:done_other', { count: '2' }));
  await expect(card).toContainText(vi('file:state.scanned'));
  await expect(card.getByText('Tờ khai trang 1.png', { exact: true })).toBeVisible();
  await expect(card.getByText('Tờ khai.pdf', { exact: true })).toBeVisible();
  // The same again is the same.
  await choose(page, { name: 'khác.pdf', mimeType: 'application/pdf', buffer: pdf('tờ khai') });
  await expect(card).toContainText(vi('file:done_other', { count: '1' }));
  await expect(card.getByText('khác.pdf')).toHaveCount(0);

  // The picture beside the dossier.
  await goTo(page, new RegExp(`^${vi('file:lookOf', { name: 'Tờ khai trang 1.png' })}$`), 'Tab', 200);
  await page.keyboard.press('Enter');
  const picture = page.getByRole('dialog').locator('img');
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(620);
  await lookAtAsItIs(page, 'files-picture');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  // The document in a tab of its own.
  const opened = page.waitForEvent('popup');
  await card.getByRole('button', { name: vi('file:lookOf', { name: 'Tờ khai.pdf' }), exact: true }).press('Enter');
  await (await opened).close();

  // Withdrawn with a reason it is folded away.
  await goTo(page, new RegExp(`^${vi('file:withdrawOf', { name: 'Tờ khai.pdf' })}$`), 'Tab', 200);
  await page.keyboard.press('Enter');
  const reason = page.getByRole('dialog').locator('[name="reason"]');
  await expect(reason).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(reason).toHaveAttribute('aria-invalid', 'true');
  await lookAtAsItIs(page, 'files-withdraw');
  await page.keyboard.type('Quét nhầm hồ sơ khác');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await card.getByText(vi('file:withdrawn_other', { count: '1' })).click();
  await expect(card).toContainText('Quét nhầm hồ sơ khác');
  await lookAt(page, data, 'files');

  // The inspector looks, and changes nothing.
  const inspector = await people.page('thanhtra');
  await inspector.goto(`/dossiers/${dossier.id}`);
  await expect(cardOf(inspector).getByText('Tờ khai trang 1.png', { exact: true })).toBeVisible();
  await expect(add(inspector)).toHaveCount(0);
  await expect(cardOf(inspector).getByRole('button', { name: new RegExp(`^${vi('file:withdraw')}`) })).toHaveCount(0);
});

test('what the signatures of a document say is told in plain words, by keyboard alone', async ({ people, api }) => {
  const dossier = await takeIn(api, { name: 'Phạm Thị Tuyết Mai', identity: '001188009911' });
  const page = await people.page('tiepnhan');
  await page.goto(`/dossiers/${dossier.id}`);
  const card = cardOf(page);
  // Signed with a key that was thrown away, by somebody whom nobody vouches for; the other one by nobody.
  const signed = readFileSync(new URL('../support/signed.pdf', import.meta.url));
  const unsigned = await api.file('tiepnhan', `/dossiers/${dossier.id}/reception-slip/document.pdf`);
  await choose(
    page,
    { name: 'Giấy xác nhận.pdf', mimeType: 'application/pdf', buffer: signed },
    { name: 'Giấy hẹn.pdf', mimeType: 'application/pdf', buffer: unsigned },
    { name: 'Hỏng.pdf', mimeType: 'application/pdf', buffer: pdf('hỏng') },
  );
  await expect(card).toContainText(vi('file:done_other', { count: '3' }));
  const dialog = page.getByRole('dialog');
  const ask = async (name: string) => {
    const button = card.getByRole('button', { name: vi('file:signature.lookOf', { name }), exact: true });
    await button.press('Enter');
    await expect(dialog).toContainText(vi('file:signature.title', { name }));
    return button;
  };
  const button = await ask('Giấy xác nhận.pdf');
  for (const told of ['refused', 'noRoots', 'bad', 'integrity.intact', 'chain.unknown', 'revocation.not_checked', 'later_changes.none'])
    await expect(dialog).toContainText(vi(`file:signature.${told}`));
  await expect(dialog).toContainText('Nguyễn Thị Hồng');
  await lookAtAsItIs(page, 'files-signatures');
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
  await ask('Giấy hẹn.pdf');
  await expect(dialog).toContainText(vi('file:signature.none'));
  await page.keyboard.press('Escape');
  await ask('Hỏng.pdf');
  await expect(dialog).toContainText(vi('file:signature.fault.unreadable'));
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('what is refused is told beside the paper, before it is sent where that can be known', async ({ people, api }) => {
  const dossier = await takeIn(api, { name: 'Phạm Thị Tuyết Mai', identity: '001188009911' });
  const page = await people.page('tiepnhan');
  await page.goto(`/dossiers/${dossier.id}`);
  const alert = cardOf(page).getByRole('alert');
  await choose(page, { name: 'đơn.docx', mimeType: 'application/msword', buffer: Buffer.from('x') });
  await expect(alert).toContainText(vi('file:fault.file_type_not_taken'));
  await choose(page, {
    name: 'đơn.pdf',
    mimeType: 'application/pdf',
    buffer: pdf('x', '5 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj\n'),
  });
  await expect(alert).toContainText('file_active_content');
  // What came after the one that was refused is told too.
  await choose(
    page,
    { name: 'trắng.png', mimeType: 'image/png', buffer: Buffer.from('no picture') },
    { name: 'sau.pdf', mimeType: 'application/pdf', buffer: pdf('sau') },
  );
  await expect(alert).toContainText('file_type_mismatch');
  await expect(cardOf(page)).toContainText(vi('file:notSent_other', { count: '1' }));
  await expect(cardOf(page)).toContainText(vi('file:state.none'));
  await lookAtAsItIs(page, 'files-refused');
});

test('a line that breaks is tried again, and what had arrived is not sent twice', async ({ people, api, complaints }) => {
  test.setTimeout(60_000);
  const dossier = await takeIn(api, { name: 'Phạm Thị Tuyết Mai', identity: '001188009911' });
  const page = await people.page('tiepnhan');
  await page.goto(`/dossiers/${dossier.id}`);
  let tries = 0;
  await page.route('**/components/to_khai/files', async (route) => {
    tries += 1;
    // First it never arrives; then it does, and the answer is lost.
    if (tries === 1) return route.abort('connectionreset');
    await route.fetch();
    return route.abort('connectionreset');
  });
  await choose(page, { name: 'Tờ khai.pdf', mimeType: 'application/pdf', buffer: pdf('đường truyền') });
  await expect(cardOf(page)).toContainText(vi('file:waiting'));
  await expect(cardOf(page)).toContainText(vi('file:done_other', { count: '1' }), { timeout: 20_000 });
  expect(tries).toBe(2);
  await expect(cardOf(page).getByText('Tờ khai.pdf', { exact: true })).toHaveCount(1);
  forgive(complaints, /ERR_CONNECTION_RESET/);
});
