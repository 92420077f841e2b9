import type { Page } from '@playwright/test';
import { setClock } from '../support/answers.ts';
import { Data } from '../support/checks.ts';
import { test } from '../support/office.ts';
import { lookAt, lookAtAsItIs } from '../support/panel.ts';
import { bringTo, takeIn } from '../support/scene.ts';
import { expect } from '../support/test.ts';
import { vi } from '../support/words.ts';

const text = (key: string, values?: Record<string, string>) => vi(`surveysample:${key}`, values);
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const progress = (page: Page, state: string) =>
  page.getByRole('region', { name: text('progress.title') }).getByRole('row').filter({ hasText: text(`state.${state}`) });

// Only what is finished here is drawn from.
test.use({ settings: { MOTCUA_DEMO_HISTORY_DAYS: '0' } });

test('a sample is drawn by the director, and asked by the inspector', async ({ office, people }) => {
  test.setTimeout(240_000);
  const { api } = office;
  for (let i = 0; i < 6; i++) await bringTo(api, await takeIn(api), 'completed');
  const ahead = await setClock(api, '2026-03-10T09:00:00+07:00');
  const at = { url: office.url, ahead };
  const page = await people.page('giamdoc', { at });
  const data = new Data(page);
  await page.goto('/surveys/samples');
  const form = page.getByRole('form', { name: text('draw.title') });

  await test.step('what cannot be is said beside its field', async () => {
    await expect(form.locator('[name=questionnaire_code]')).toHaveValue('sipas');
    await form.getByRole('button', { name: text('draw.send') }).press('Enter');
    await expect(form.locator('[name=first_day]')).toHaveAttribute('aria-invalid', 'true');
    await expect(form.locator('[name=first_day]')).toBeFocused();
    await page.keyboard.insertText('1/3/2026');
    await form.locator('[name=last_day]').fill('10/3/2026');
    await form.locator('[name=margin]').fill('60');
    await page.keyboard.press('Tab');
    await expect(form.getByText(text('draw.marginWrong'))).toBeVisible();
    await lookAt(page, data, 'survey-sample-draw');
    await form.locator('[name=margin]').fill('30');
    await form.locator('[name=seed]').fill('2026-Q1');
    await page.keyboard.press('Control+Enter');
    // The period is not over.
    await expect(form.locator('[name=last_day]')).toHaveAttribute('aria-invalid', 'true');
    await expect(form.locator('[name=last_day]')).toBeFocused();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('9/3/2026');
    await page.keyboard.press('Control+Enter');
  });

  await test.step('the sample says how it was drawn and whom it names', async () => {
    await expect(heading(page)).toHaveText(text('one', { from: '01/03/2026', to: '09/03/2026' }));
    await expect(page.getByRole('region', { name: text('drawn.title') })).toContainText('2026-Q1');
    await expect(page.getByRole('region', { name: text('progress.title') })).toContainText(text('progress.notBegun'));
    const rows = page.getByRole('table', { name: text('units.title') }).locator('tbody tr');
    await expect(rows.first()).toBeVisible();
    // Who is of the one-stop follows, and does not ask.
    await expect(page.getByRole('button', { name: text('units.ask') })).toHaveCount(0);
    await lookAt(page, data, 'survey-sample');
  });

  await test.step('a list is printed to be taken along', async () => {
    await page.getByRole('link', { name: text('fieldList.link') }).press('Enter');
    await expect(page.getByRole('button', { name: text('fieldList.print') })).toBeFocused();
    const rows = page.locator('tbody tr');
    await expect(rows.first()).toBeVisible();
    const main = await rows.count();
    await lookAt(page, data, 'survey-field-list');
    await page.getByRole('checkbox', { name: text('fieldList.reserves') }).check();
    await expect.poll(() => rows.count()).toBeGreaterThan(main);
    await expect(page.locator('main')).not.toContainText('0912345678');
    await page.getByRole('link', { name: text('fieldList.back') }).press('Enter');
    await expect(page.getByRole('region', { name: text('progress.title') })).toBeVisible();
  });

  const path = new URL(page.url()).pathname;
  const inspector = await people.page('thanhtra', { at });
  const seen = new Data(inspector);
  await inspector.goto('/surveys/samples');
  await inspector.getByRole('table', { name: text('list.title') }).getByRole('link').first().press('Enter');
  await expect(inspector).toHaveURL(new RegExp(`${path}$`));
  const ask = async (place: string) => {
    await inspector.locator(`[data-place="${place}"]`).getByRole('button').press('Enter');
    const dialog = inspector.getByRole('dialog', { name: text('outcome.title', { place }) });
    await expect(dialog).toBeVisible();
    return dialog;
  };
  const places = async (reserve: boolean) => {
    const rows = inspector.locator('tr[data-place]').filter({ [reserve ? 'hasText' : 'hasNotText']: text('list.reserve') });
    return rows.evaluateAll((all) => all.map((el) => el.getAttribute('data-place') ?? ''));
  };
  await expect(inspector.locator('tr[data-place]').first()).toBeVisible();
  const [first = '', second = ''] = await places(false);

  await test.step('somebody is called whose number is seen, on record, only then', async () => {
    const dialog = await ask(first);
    await expect(dialog).not.toContainText('0912345678');
    const looked = inspector.waitForResponse((r) => r.url().endsWith('/personal-data'));
    await dialog.getByRole('button', { name: text('outcome.contact') }).press('Enter');
    expect((await looked).ok()).toBe(true);
    await expect(dialog.getByText(vi('dossier:party.phone'), { exact: true })).toBeVisible();
    await dialog.getByRole('button', { name: text('outcome.send') }).press('Enter');
    await expect(dialog.getByText(text('outcome.choose'))).toBeVisible();
    await dialog.getByRole('radio', { name: text('outcome.telephone') }).check();
    await dialog.getByRole('button', { name: text('outcome.send') }).press('Enter');
    await expect(dialog.getByText(text('outcome.required')).first()).toBeVisible();
    await lookAtAsItIs(inspector, 'survey-outcome');
    const overall = dialog.locator('[data-question=overall]');
    await overall.getByRole('radio', { name: vi('surveyresult:step.4'), exact: true }).check();
    await dialog.getByRole('button', { name: text('outcome.send') }).press('Enter');
    await expect(dialog).toHaveCount(0);
    await expect(inspector.getByText(text('units.done', { place: first, state: text('state.answered') }))).toBeVisible();
    await expect(progress(inspector, 'answered').getByRole('cell').first()).toHaveText('1');
  });

  await test.step('who is in reserve is not asked as long as the main list may be', async () => {
    const [reserve = ''] = await places(true);
    const dialog = await ask(reserve);
    await dialog.getByRole('radio', { name: text('outcome.refused') }).check();
    await inspector.keyboard.press('Control+Enter');
    await expect(dialog.getByRole('alert')).toContainText('dự phòng');
    await dialog.getByRole('button', { name: text('outcome.cancel') }).press('Enter');
    await expect(dialog).toHaveCount(0);
  });

  await test.step('who is not reached counts too', async () => {
    const dialog = await ask(second);
    await dialog.getByRole('radio', { name: text('outcome.not_reached') }).check();
    await inspector.keyboard.press('Control+Enter');
    await expect(dialog).toHaveCount(0);
    await expect(progress(inspector, 'not_reached').getByRole('cell').first()).toHaveText('1');
    const rate = text('progress.rate', { percent: '50\u00a0%', tried: '2' });
    await expect(inspector.getByRole('region', { name: text('progress.title') })).toContainText(rate);
    await lookAt(inspector, seen, 'survey-sample-asked');
    await inspector.locator('[name=state]').selectOption('not_reached');
    await expect(inspector).toHaveURL(/state=not_reached/);
    await expect(inspector.locator('tr[data-place]')).toHaveCount(1);
  });

  await test.step('the director follows, in the list of samples', async () => {
    await page.goto('/surveys/samples');
    await expect(page.getByRole('table', { name: text('list.title') }).getByRole('row')).toHaveCount(2);
    await lookAt(page, data, 'survey-samples');
  });
});

test('nobody of a ward finds the samples', async ({ office, people }) => {
  const page = await people.page('lanhdao.thd', { at: office });
  await page.goto('/surveys/samples');
  await expect(heading(page)).toHaveText(vi('dossier:work.title'));
});
