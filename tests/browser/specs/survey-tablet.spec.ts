import type { Page } from '@playwright/test';
import { Data } from '../support/checks.ts';
import { focused, goTo, scan } from '../support/counter.ts';
import { test } from '../support/office.ts';
import { lookAt } from '../support/panel.ts';
import { bringTo, takeIn } from '../support/scene.ts';
import { addDevice, canBeHit, lookAtScreen } from '../support/surveys.ts';
import { expect } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const next = (page: Page) => page.getByRole('button', { name: new RegExp(`^(${vi('kiosk:next')}|${vi('kiosk:skip')}|${vi('kiosk:send')})$`) });

test('an officer hands a result back and asks the citizen at the tablet, who answers once and leaves nothing behind', async ({
  office,
  people,
}) => {
  test.setTimeout(240_000);
  const { api } = office;
  const first = await addDevice(api, 'tablet', 'Quầy 1');
  const second = await addDevice(api, 'tablet', 'Quầy 2');
  const dossier = await bringTo(api, await takeIn(api), 'completed');

  const tablet = await people.page(undefined, { at: office });
  await tablet.goto(first.path);
  await expect(heading(tablet)).toHaveText(vi('kiosk:waiting.title'));
  await lookAtScreen(tablet, 'tablet-waiting');

  const page = await people.page('traketqua', { at: office });
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

  // Two tablets: the one of this counter is chosen once and remembered.
  await page.getByLabel(vi('survey:call.where')).selectOption({ label: 'Quầy 1' });
  await goTo(page, label('survey:call.send'));
  await page.keyboard.press('Enter');
  await expect(page.getByText(vi('survey:call.done', { name: 'Quầy 1' }))).toBeVisible();
  await lookAt(page, data, 'hand-back-call');

  await expect(heading(tablet)).toHaveText('Thời gian trả kết quả so với giấy hẹn?');
  await expect(heading(tablet)).toBeFocused();
  await expect(tablet.getByText('Phiếu không ghi tên')).toBeVisible();
  await lookAtScreen(tablet, 'tablet-single');
  await canBeHit(tablet);
  await tablet.getByText('Đúng hẹn').click();
  await next(tablet).click();
  await expect(heading(tablet)).toHaveText(/bao nhiêu cơ quan/);
  await tablet.getByRole('button', { name: vi('kiosk:more') }).click();
  await expect(tablet.getByRole('textbox')).toHaveValue('0');
  await tablet.getByRole('button', { name: vi('kiosk:more') }).click();
  await lookAtScreen(tablet, 'tablet-number');
  await next(tablet).click();
  // What need not be answered is passed by.
  for (const question of [/liên hệ lại/, /niêm yết/]) {
    await expect(heading(tablet)).toHaveText(question);
    await tablet.getByRole('button', { name: vi('kiosk:skip') }).click();
  }
  await expect(heading(tablet)).toHaveText(/Thái độ/);
  await lookAtScreen(tablet, 'tablet-steps');
  await tablet.getByText('Rất hài lòng').click();
  await next(tablet).click();
  await tablet.getByRole('button', { name: vi('kiosk:skip') }).click();
  await expect(heading(tablet)).toHaveText(/khoản tiền nào ngoài phí/);
  await tablet.getByText('Có', { exact: true }).click();
  await next(tablet).click();
  await expect(heading(tablet), 'asked because of the answer before').toHaveText(/Khoản đó là gì/);
  await tablet.getByRole('textbox').fill('Tiền bồi dưỡng');
  await lookAtScreen(tablet, 'tablet-words');
  await next(tablet).click();
  for (let i = 0; i < 20 && (await heading(tablet).textContent()) !== 'Nhìn chung, Ông/Bà hài lòng thế nào?'; i++) {
    const before = await heading(tablet).textContent();
    await tablet.getByRole('button', { name: vi('kiosk:skip') }).click();
    await expect(heading(tablet)).not.toHaveText(before ?? '');
  }
  await tablet.getByText('Hài lòng', { exact: true }).click();
  await next(tablet).click();
  await expect(heading(tablet)).toHaveText(/Ý kiến khác/);
  await next(tablet).click();
  await expect(heading(tablet)).toHaveText(vi('kiosk:end.thanks.title'));
  await expect(heading(tablet)).toHaveText(vi('kiosk:waiting.title'));
  const left = await tablet.evaluate(() => document.documentElement.outerHTML + JSON.stringify({ ...localStorage }));
  expect(left).not.toContain('bồi dưỡng');
  await tablet.reload();
  await expect(heading(tablet)).toHaveText(vi('kiosk:waiting.title'));

  await test.step('whoever has answered is not asked twice', async () => {
    await page.goto(`/dossiers/${dossier.id}`);
    await expect(page.getByLabel(vi('survey:call.where'))).toHaveValue(first.device.id);
    await page.getByRole('button', { name: vi('survey:call.send') }).click();
    await expect(page.getByText(vi('common:problem.code', { code: 'survey_answered' }))).toBeVisible();
  });

  await test.step('another dossier, at the other tablet, until the call is over', async () => {
    const other = await bringTo(api, await takeIn(api), 'returned');
    const two = await people.page(undefined, { at: office });
    await two.goto(second.path);
    await page.goto(`/dossiers/${other.id}`);
    await page.getByLabel(vi('survey:call.where')).selectOption({ label: 'Quầy 2' });
    await page.getByRole('button', { name: vi('survey:call.send') }).click();
    await expect(heading(two)).toHaveText(/giấy hẹn/);
    await two.getByText('Muộn hơn hẹn').click();
    await api.forward(11, office.ahead);
    await expect(heading(two), 'ten minutes are over').toHaveText(vi('kiosk:waiting.title'));
    await expect(heading(tablet), 'the first tablet was not called').toHaveText(vi('kiosk:waiting.title'));
  });
});
