import { Data, picture } from '../support/checks.ts';
import { goTo } from '../support/counter.ts';
import { lookAt, openForm, panelOf, sendForm } from '../support/panel.ts';
import { bringTo, takeIn } from '../support/scene.ts';
import type { Api, Dossier } from '../support/api.ts';
import { PASSWORD } from '../support/api.ts';
import { expect, test } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

const REASON = 'Cơ quan phối hợp chưa trả lời xác minh nơi thường trú.';

/** Due in two working days, on Wednesday the 4th: an apology may be needed from today on. */
const nearOne = async (api: Api): Promise<Dossier> =>
  bringTo(
    api,
    await takeIn(api, { procedure: '1.004845', components: ['to_khai', 'giay_to_cham_dut'] }),
    'processing',
  );
const drafted = async (api: Api): Promise<Dossier> =>
  api.act('thuly.thd', await nearOne(api), 'apologies', {
    new_due_on: '2026-03-06',
    reason_code: 'other_agency',
    reason: REASON,
  });

test('a handler drafts, a leader sends back, the handler sees why and drafts anew, the leader signs it changed', async ({
  people,
  api,
}) => {
  test.setTimeout(240_000);
  const dossier = await nearOne(api);
  const code = dossier.code ?? '';
  const handler = await people.page('thuly.thd');
  const data = new Data(handler);
  await handler.goto(`/dossiers/${dossier.id}`);
  const panel = await openForm(handler, 'apologies');
  await expect(panel).toContainText('thứ Ba 03/03/2026');
  await lookAt(handler, data, 'apology-form');

  // A Saturday: only the server knows what the letter may promise, and its refusal stands beside the field.
  const date = panel.getByLabel(label('actions:extend.new'));
  await date.fill('07/03/2026');
  await panel.getByLabel(vi('dossier:lateReason.other_agency')).check();
  await panel.getByLabel(label('actions:extend.reason')).fill(REASON);
  await panel.getByRole('button', { name: vi('actions:apology.send') }).press('Enter');
  await expect(date).toHaveAttribute('aria-invalid', 'true');
  await expect(panel.getByText('Ngày hẹn mới phải là ngày làm việc.').first()).toBeVisible();
  // The days offered are working days after the old one.
  await expect(panel.getByRole('group', { name: vi('actions:apology.offered') }).getByRole('button').first()).toHaveText('05/03');
  await panel.getByRole('button', { name: 'thứ Sáu 06/03/2026' }).press('Enter');
  await expect(date).toHaveValue('06/03/2026');
  await sendForm(handler, 'apologies', 'apology.send');
  const turns = handler.getByRole('region', { name: vi('dossier:turns.title') });
  await expect(turns).toContainText(vi('dossier:turns.draftDate', { date: '06/03/2026' }));
  await expect(turns).toContainText(vi('dossier:turns.signBy', { date: '03/03/2026' }));
  await lookAt(handler, data, 'apology-drafted');

  const leader = await people.page('lanhdao.thd');
  const leaderData = new Data(leader);
  await leader.goto('/approvals');
  const waiting = leader.getByRole('region', { name: vi('dossier:apologies.title') });
  await expect(waiting.getByRole('listitem').filter({ hasText: code })).toContainText(REASON);
  await lookAt(leader, leaderData, 'approvals-apologies');
  await waiting.getByRole('button', { name: vi('dossier:apologies.backOf', { code }) }).press('Enter');
  const dialog = leader.getByRole('dialog');
  await expect(dialog.getByRole('textbox')).toBeFocused();
  await leader.keyboard.insertText('Nêu rõ cơ quan nào chưa trả lời.');
  await dialog.getByRole('button', { name: vi('actions:apology.backSend') }).press('Enter');
  await expect(leader.getByText(vi('dossier:apologies.sentBack', { code }))).toBeVisible();
  await expect(waiting.getByRole('listitem').filter({ hasText: code })).toHaveCount(0);

  // Pushed: the handler's page tells it without being asked.
  const story = handler.getByRole('region', { name: vi('dossier:timeline.title') }).getByRole('listitem');
  await expect(story.first()).toContainText(vi('dossier:event.apology_returned'));
  await expect(story.first()).toContainText('Nêu rõ cơ quan nào chưa trả lời.');
  await expect(story.nth(1)).toContainText(vi('dossier:event.apology_drafted'));
  await expect(story.nth(1)).toContainText(vi('dossier:timeline.newDate', { date: '06/03/2026' }));
  await openForm(handler, 'apologies');
  await panel.getByRole('button', { name: 'thứ Sáu 06/03/2026' }).press('Enter');
  await panel.getByLabel(vi('dossier:lateReason.other_agency')).check();
  await panel.getByLabel(label('actions:extend.reason')).fill('Công an phường Cửa Nam chưa trả lời xác minh.');
  await sendForm(handler, 'apologies', 'apology.send');

  await waiting.getByRole('button', { name: vi('dossier:apologies.signOf', { code }) }).press('Enter');
  await expect(dialog.getByLabel(label('actions:extend.reason'))).toHaveValue('Công an phường Cửa Nam chưa trả lời xác minh.');
  await expect(dialog.getByRole('button', { name: vi('actions:apology.sign') })).toBeFocused();
  await picture(leader, 'approvals-sign-vi-1280');
  await leader.setViewportSize({ width: 360, height: 740 });
  await picture(leader, 'approvals-sign-vi-360');
  await leader.setViewportSize({ width: 1280, height: 900 });
  await dialog.getByRole('button', { name: 'thứ Năm 05/03/2026' }).press('Enter');
  await dialog.getByRole('button', { name: vi('actions:apology.sign') }).press('Enter');
  await expect(leader.getByText(vi('dossier:apologies.signed', { code }))).toBeVisible();
  await expect(handler.getByRole('region', { name: vi('dossier:time.title') })).toContainText('thứ Năm 05/03/2026');
  await expect(story.first()).toContainText(vi('dossier:event.due_date_extended'));
  await expect(turns).toContainText(vi('dossier:lateReason.other_agency'));
});

test('from the morning board to a signed apology in under a minute, by keyboard', async ({ people, api }) => {
  const dossier = await drafted(api);
  const code = dossier.code ?? '';
  const page = await people.page();
  await page.goto('/sign-in');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();

  const began = performance.now();
  const sinceThen = () => (performance.now() - began) / 1000;
  await page.getByLabel(vi('account:username')).focus();
  await page.keyboard.type('lanhdao.thd');
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('dossier:work.title'));
  await goTo(page, new RegExp(`^${vi('common:nav.deadlines')}$`), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('watch:title'));
  await expect(page.getByRole('link', { name: vi('dossier:concern.apology_due') }).first()).toBeVisible();
  await goTo(page, new RegExp(`^\\d+${vi('dossier:concern.apology_due')}`));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: code })).toBeVisible();
  await goTo(page, new RegExp(`^${code.replaceAll('.', '\\.')}$`), 'Tab', 80);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(code);
  await expect(panelOf(page)).toBeVisible();
  await goTo(page, new RegExp(`^${vi('actions:name.extensions')}$`));
  await page.keyboard.press('Enter');
  await expect(panelOf(page).getByLabel(label('actions:extend.reason'))).toHaveValue(REASON);
  await goTo(page, new RegExp(`^${vi('actions:apology.sign')}$`));
  await page.keyboard.press('Enter');
  await expect(panelOf(page).getByText(vi('actions:done', { action: vi('actions:name.extensions') }))).toBeVisible();
  const seconds = sinceThen();
  test.info().annotations.push({ type: 'seconds', description: seconds.toFixed(1) });
  console.log(`from signing in to the signed apology: ${seconds.toFixed(1)} s`);
  expect(seconds).toBeLessThan(60);

  const signed = await api.get('lanhdao.thd', dossier.id);
  expect(signed.due_at).toContain('2026-03-06');
});
