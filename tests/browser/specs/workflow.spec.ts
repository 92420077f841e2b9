import type { Page } from '@playwright/test';
import { Data } from '../support/checks.ts';
import { goTo } from '../support/counter.ts';
import { lookAt, openForm, panelOf, sendForm } from '../support/panel.ts';
import { takeIn } from '../support/scene.ts';
import { expect, test } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

/** No other test asks for this procedure: five working days. */
const CODE = '1.005461';
const DECISION = '663/QĐ-UBND';

const STEPS = [
  { name: 'Tiếp nhận, kiểm tra và chuyển hồ sơ', desk: 'reception', hours: '2', minutes: '' },
  { name: 'Thẩm định hồ sơ', desk: 'handler', hours: '2,5', minutes: '' },
  { name: 'Dự thảo kết quả', desk: 'handler', hours: '', minutes: '45' },
  { name: 'Ký duyệt', desk: 'leader', hours: '39', minutes: '' },
];

interface Procedure {
  version: number;
  name: string;
}

const region = (page: Page, key: string) => page.getByRole('region', { name: vi(key), exact: true });

/** Types into what has the focus, and Enter, which goes on to the next field. */
async function enter(page: Page, text: string): Promise<void> {
  if (text !== '') await page.keyboard.insertText(text);
  await page.keyboard.press('Enter');
}

test('an administrator enters the internal workflow by keyboard, publishes it, and dossiers walk it from desk to desk', async ({
  people,
  api,
}) => {
  test.setTimeout(300_000);
  const before = await api.call<Procedure>('admin', 'GET', `/procedures/${CODE}`);
  const admin = await people.page('admin');
  const seen = new Data(admin);
  const faults = admin.locator('#faults-title');
  const editor = region(admin, 'draft:workflow.title');
  const field = (name: string) => admin.locator(`[name="${name}"]`);

  await test.step('the workflow is off until somebody says that there is one', async () => {
    await admin.goto(`/catalogue/${CODE.replace('.', '-')}`);
    await expect(region(admin, 'catalogue:figures')).toBeVisible();
    await expect(region(admin, 'catalogue:workflow.title')).toHaveCount(0);
    await admin.getByRole('button', { name: vi('draft:begin') }).press('Enter');
    await expect(editor.getByRole('checkbox', { name: vi('draft:workflow.has') })).not.toBeChecked();
    await field('announcing_decision/number').fill('16/QĐ-UBND');
    await field('announcing_decision/date').fill('27/02/2026');
  });

  await test.step('decision and steps are typed, Enter going from field to field', async () => {
    await field('workflow').focus();
    await admin.keyboard.press('Space');
    await admin.keyboard.press('Enter');
    await enter(admin, DECISION);
    await enter(admin, '10/02/2026');
    for (const [i, step] of STEPS.entries()) {
      if (i > 0) await field('workflow/steps/new').press('Enter');
      await expect(field(`workflow/steps/${i}/name`)).toBeFocused();
      await enter(admin, step.name);
      await expect(field(`workflow/steps/${i}/desk`)).toBeFocused();
      await admin.keyboard.press(vi(`dossier:desk.${step.desk}`).charAt(0));
      await admin.keyboard.press('Enter');
      await enter(admin, step.hours);
      await enter(admin, step.minutes);
      await expect(field(`workflow/steps/${i}/desk`)).toHaveValue(step.desk);
    }
    // 44 h 15 min of the five days' forty.
    await expect(editor.getByRole('status')).toHaveText(
      vi('draft:workflow.over', { time: '4 giờ 15 phút làm việc' }),
    );
  });

  await test.step('what the server says of it stands at its field', async () => {
    await admin.keyboard.press('Control+s');
    await expect(faults).toHaveText(vi('draft:faults.title_other', { count: '1' }));
    await expect(editor.getByText('vượt thời hạn giải quyết')).toBeVisible();
    await admin.getByRole('button', { name: vi('draft:member.steps') }).press('Enter');
    await expect(field('workflow/steps/new')).toBeFocused();
    // What was typed with a fraction is shown as hours and minutes.
    await expect(field('workflow/steps/1/minutes')).toHaveValue('2');
    await expect(field('workflow/steps/1/minutes/rest')).toHaveValue('30');
    await field('workflow/steps/3/minutes').fill('');
    await admin.keyboard.press('Control+s');
    await expect(field('workflow/steps/3/minutes')).toHaveAttribute('aria-invalid', 'true');
    await field('workflow/steps/3/minutes').fill('2');
    await admin.keyboard.press('Control+s');
    await expect(faults).toHaveText(vi('draft:faults.none'));
    await expect(editor.getByRole('status')).toHaveText(
      vi('draft:workflow.left', { time: '32 giờ 45 phút làm việc' }),
    );
    const differs = region(admin, 'draft:differs.title');
    await expect(differs).toContainText('Thẩm định hồ sơ');
    await expect(differs).toContainText('2 giờ 30 phút làm việc');
  });

  await test.step('the editor speaks one language, fits, and is free of axe violations', async () => {
    await lookAt(admin, seen, 'draft-workflow');
  });

  await test.step('it is published, and stands on the procedure’s page', async () => {
    await admin.getByRole('button', { name: vi('draft:editor.publish') }).press('Enter');
    const asked = admin.getByRole('dialog', { name: vi('draft:publish.title') });
    await asked.getByRole('button', { name: vi('draft:publish.send'), exact: true }).press('Enter');
    await expect(admin.getByText(vi('draft:published.title', { number: String(before.version + 1) }))).toBeVisible();
    const card = region(admin, 'catalogue:workflow.title');
    await expect(card).toContainText(`${DECISION} ngày 10/02/2026`);
    await expect(card.getByRole('listitem')).toHaveText(STEPS.map((step) => new RegExp(step.name)));
    await expect(card).toContainText(vi('catalogue:workflow.sum', { time: '7 giờ 15 phút làm việc' }));
    await lookAt(admin, seen, 'procedure-workflow');
  });

  const dossier = await takeIn(api, { procedure: CODE, components: ['to_khai', 'giay_to_chung_minh'] });
  await test.step('what is taken in begins with the first step', async () => {
    const clerk = await people.page('tiepnhan');
    await clerk.goto(`/dossiers/${dossier.id}`);
    const card = region(clerk, 'dossier:workflow.title');
    await expect(card).toContainText(
      vi('dossier:workflow.now', { number: '1', count: '4', name: STEPS[0]?.name ?? '' }),
    );
    await expect(card.locator('[aria-current=step]')).toContainText(STEPS[0]?.name ?? '');
    // The next step is another desk's: it is handed over.
    await expect(panelOf(clerk).getByRole('button', { name: vi('actions:name.steps'), exact: true })).toHaveCount(0);
  });
  await api.act('tiepnhan', dossier, 'handovers', { to: 'handler', pages: 3 });

  const handler = await people.page('thuly.thd');
  const data = new Data(handler);
  const card = region(handler, 'dossier:workflow.title');
  const due = handler.locator('section[aria-labelledby=time-title]').getByText(/^\d\d:\d\d, /);
  let promised = '';
  await test.step('the handler acknowledges, and is at the desk’s first step', async () => {
    await handler.goto(`/dossiers/${dossier.id}`);
    promised = (await due.textContent()) ?? '';
    await openForm(handler, 'acknowledgements');
    await sendForm(handler, 'acknowledgements', 'acknowledge.send');
    await expect(card).toContainText(
      vi('dossier:workflow.now', { number: '2', count: '4', name: 'Thẩm định hồ sơ' }),
    );
  });

  await test.step('the next step is begun by keyboard, with a note', async () => {
    const open = panelOf(handler).getByRole('button', { name: vi('actions:name.steps'), exact: true });
    await open.focus();
    await handler.keyboard.press('Enter');
    await expect(panelOf(handler)).toContainText('Bước tiếp theo: Dự thảo kết quả (45 phút làm việc)');
    await lookAt(handler, data, 'dossier-step-form');
    await open.focus();
    await goTo(handler, label('actions:note'));
    await handler.keyboard.insertText('Đã thẩm định, đủ điều kiện.');
    await goTo(handler, new RegExp(`^${vi('actions:step.send')}$`));
    await handler.keyboard.press('Enter');
    await expect(
      panelOf(handler).getByText(vi('actions:done', { action: vi('actions:name.steps') })),
    ).toBeVisible();
  });

  await test.step('card, history and line tell it, and the promise has not moved', async () => {
    await expect(card.locator('[aria-current=step]')).toContainText('Dự thảo kết quả');
    await expect(card.locator('[data-standing=done]')).toHaveCount(2);
    await expect(card.locator('[data-standing=ahead]')).toContainText('Ký duyệt');
    await expect(card).toContainText(/Từ \d\d:\d\d\s02\/03\/2026 đến .+ ghi nhận/);
    // No further step here: handing over is what is left.
    await expect(panelOf(handler).getByRole('button', { name: vi('actions:name.steps'), exact: true })).toHaveCount(0);
    await expect(due).toHaveText(promised);
    const last = region(handler, 'dossier:timeline.title').locator('ol > li').first();
    await expect(last).toContainText(vi('dossier:event.step_begun'));
    await expect(last).toContainText(/Bước của quy trình: Dự thảo kết quả, phải xong trước \d\d:\d\d\s02\/03\/2026/);
    await expect(last).toContainText('Đã thẩm định, đủ điều kiện.');
    const line = region(handler, 'dossier:line.title');
    await expect(line.getByText(vi('dossier:line.legend.run'), { exact: true })).toBeVisible();
    await expect(line.getByText(vi('dossier:workflow.apart'))).toBeVisible();
    await line.getByText(vi('dossier:line.asTable')).press('Enter');
    const rows = line.getByRole('row').filter({ hasText: /Bước \d, / });
    await expect(rows).toHaveCount(3);
    await expect(rows.last()).toContainText('Bước 3, Dự thảo kết quả (công chức thụ lý): phải xong trước');
    await lookAt(handler, data, 'dossier-workflow');
  });
});

test('where the procedure has no workflow nobody misses one', async ({ people, api }) => {
  const dossier = await takeIn(api);
  const page = await people.page('tiepnhan');
  await page.goto(`/dossiers/${dossier.id}`);
  await expect(region(page, 'dossier:timeline.title').locator('ol > li').first()).toBeVisible();
  await expect(region(page, 'dossier:workflow.title')).toHaveCount(0);
  await expect(region(page, 'dossier:line.title').getByText(vi('dossier:line.legend.run'))).toHaveCount(0);
  await expect(panelOf(page).getByText(vi('actions:name.steps'), { exact: true })).toHaveCount(0);
});
