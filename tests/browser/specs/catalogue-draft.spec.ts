import { axeFindsNothing, Data, fits, picture, speaks } from '../support/checks.ts';
import { expect, test } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

/** No other test asks for this procedure. */
const CODE = '1.004859';
const DECISION = '15/QĐ-UBND';

interface Procedure {
  version: number;
  name: string;
  limits: { direct: { amount: number } };
}

test('an administrator drafts a new limit, is told what is missing, publishes it, and everybody sees what changed', async ({
  people,
  api,
}) => {
  test.setTimeout(180_000);
  const before = await api.call<Procedure>('admin', 'GET', `/procedures/${CODE}`);
  const { amount } = before.limits.direct;
  const page = await people.page('admin');
  const faults = page.locator('#faults-title');
  const publish = page.getByRole('button', { name: vi('draft:editor.publish') });

  await test.step('a draft is begun from what holds', async () => {
    await page.goto('/catalogue');
    await page.getByRole('link', { name: before.name, exact: true }).click();
    await expect(page.getByRole('region', { name: vi('draft:versions.title') })).toBeVisible();
    await page.getByRole('button', { name: vi('draft:begin') }).click();
    await expect(page).toHaveURL(/\/catalogue-drafts\/[0-9a-f-]{36}$/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('draft:editor.title', { name: before.name }));
  });

  await test.step('what is missing stands beside its field, and the list of it leads there', async () => {
    const number = page.getByLabel(label('draft:validity.announcing'));
    await expect(number).toHaveAttribute('aria-invalid', 'true');
    await page.locator('[name="limits/direct/amount"]').fill('');
    await page.keyboard.press('Control+s');
    await expect(faults).toHaveText(vi('draft:faults.title_other', { count: '2' }));
    await page.getByRole('button', { name: vi('draft:member.announcing_decision'), exact: true }).click();
    await expect(number).toBeFocused();
    await publish.click();
    await expect(faults).toBeFocused();
  });

  await test.step('a paper is added by the keyboard alone, and named by what it is called', async () => {
    await page.getByRole('button', { name: vi('draft:components.add') }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByLabel(label('draft:components.name')).last()).toBeFocused();
    await page.keyboard.insertText('Giấy ủy quyền (nếu có)');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('checkbox', { name: vi('draft:components.required') }).last()).toBeFocused();
    await page.keyboard.press('Space');
  });

  await test.step('nobody leaves what is not saved without being asked', async () => {
    await expect(page.getByText(vi('draft:editor.dirty'))).toBeVisible();
    await page.getByRole('link', { name: vi('common:nav.calendar') }).click();
    const asked = page.getByRole('dialog', { name: vi('draft:leave.title') });
    await expect(asked).toBeVisible();
    await asked.getByRole('button', { name: vi('draft:leave.stay') }).click();
    await expect(asked).toBeHidden();
  });

  await test.step('the differences are told in words', async () => {
    await page.locator('[name="limits/direct/amount"]').fill(String(amount + 2));
    // Shown though the document does not say it: that is what its absence means.
    const due = page.locator('[name="fees/0/due"]');
    await expect(due).toHaveValue('at_collection');
    await due.selectOption('before_handling');
    await page.getByLabel(label('draft:validity.announcing')).fill(DECISION);
    await page.getByLabel(label('draft:validity.announcingDate')).fill('27/02/2026');
    await page.keyboard.press('Control+s');
    await expect(faults).toHaveText(vi('draft:faults.none'));
    const differs = page.getByRole('region', { name: vi('draft:differs.title') });
    await expect(differs).toContainText(`${amount + 2} ngày làm việc`);
    await expect(differs).toContainText('Giấy ủy quyền (nếu có)');
    await expect(differs).toContainText(vi('draft:changes.absentMeans', { meant: vi('draft:due.at_collection') }));
    await expect(differs).toContainText(vi('draft:due.before_handling'));
    await expect(differs).toContainText(DECISION);
  });

  await test.step('it is published by the decision, after asking', async () => {
    await publish.click();
    const asked = page.getByRole('dialog', { name: vi('draft:publish.title') });
    await expect(asked).toContainText(vi('draft:publish.decision', { number: DECISION, date: '27/02/2026' }));
    await asked.getByRole('button', { name: vi('draft:publish.send'), exact: true }).click();
    await expect(page).toHaveURL(/\/catalogue\/1-004859$/);
    await expect(page.getByText(vi('draft:published.title', { number: String(before.version + 1) }))).toBeVisible();
    // Read anew, though what was read of the catalogue holds for an hour.
    const figures = page.getByRole('region', { name: vi('catalogue:figures') });
    await expect(figures).toContainText(`${amount + 2} ngày làm việc`);
    await expect(figures).toContainText(DECISION);
    const fees = page.getByRole('region', { name: vi('catalogue:fees') });
    await expect(fees).toContainText(vi('catalogue:feeDue.before_handling'));
  });

  await test.step('an officer sees the versions and what changed, and no way to change them', async () => {
    const officer = await people.page('thuly.thd');
    const data = new Data(officer);
    await officer.goto('/catalogue/1-004859');
    const versions = officer.getByRole('region', { name: vi('draft:versions.title') });
    await expect(versions.getByRole('listitem')).toHaveCount(before.version + 1);
    await expect(officer.getByRole('button', { name: vi('draft:begin') })).toHaveCount(0);
    await versions.getByRole('link', { name: vi('draft:versions.compare', { from: String(before.version) }) }).click();
    const differences = officer.getByRole('region', { name: vi('draft:compare.lead') });
    await expect(differences).toContainText(`${amount} ngày làm việc`);
    await expect(differences).toContainText(`${amount + 2} ngày làm việc`);
    for (const width of [1280, 360]) {
      await officer.setViewportSize({ width, height: 900 });
      await axeFindsNothing(officer, `compare at ${width} px`);
      await fits(officer, `compare at ${width} px`);
      await picture(officer, `procedure-compare-vi-${width}`, { fullPage: true });
    }
    await data.quiet();
    await speaks(officer, 'vi', data, 'compare');
  });
});

test('a procedure that is new begins with four answers; who was slower is told of the other’s draft', async ({ people, api }) => {
  const page = await people.page('admin');
  const begin = async (code: string, name: string) => {
    await page.getByLabel(label('draft:new.code')).fill(code);
    await page.getByLabel(label('draft:new.name')).fill(name);
    await page.getByRole('button', { name: vi('draft:new.send') }).click();
  };
  await page.goto('/catalogue-drafts');
  await begin('1.001193', 'Đăng ký khai sinh');
  await expect(page.getByText(vi('draft:new.inCatalogue'))).toBeVisible();
  await begin('9.000041', 'Thủ tục soạn thử');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('draft:editor.title', { name: 'Thủ tục soạn thử' }));

  // Somebody else saves the same draft first.
  const id = new URL(page.url()).pathname.split('/').pop() ?? '';
  const draft = await api.call<{ version: number; procedure: object }>('admin', 'GET', `/procedure-drafts/${id}`);
  const theirs = { base_version: 0, procedure: { ...draft.procedure, result_name: 'Giấy của người khác' } };
  await api.call('admin', 'PUT', `/procedure-drafts/${id}`, theirs, draft.version);
  const notes = page.getByLabel(label('draft:member.notes'));
  await notes.fill('Của tôi');
  await page.keyboard.press('Control+s');
  await expect(page.getByText(vi('draft:stale.title'))).toBeVisible();
  await expect(notes).toHaveValue('Của tôi');
  await page.getByRole('button', { name: vi('draft:stale.take') }).click();
  await expect(page.locator('[name="result_name"]')).toHaveValue('Giấy của người khác');

  await page.goto('/catalogue-drafts');
  await begin('9.000041', 'Thủ tục soạn thử');
  await page.getByRole('link', { name: vi('draft:new.open') }).click();
  await page.getByRole('button', { name: vi('draft:editor.discard') }).click();
  await page.getByRole('dialog').getByRole('button', { name: vi('draft:discard.send') }).click();
  await expect(page).toHaveURL(/\/catalogue-drafts$/);
  await expect(page.getByRole('link', { name: 'Thủ tục soạn thử' })).toHaveCount(0);
});

test('a procedure is ended after a last day, by a decision', async ({ people }) => {
  const page = await people.page('admin');
  await page.goto('/catalogue/1-010028');
  await page.getByRole('button', { name: vi('draft:end.open') }).click();
  const asked = page.getByRole('dialog', { name: vi('draft:end.title') });
  await expect(asked).toContainText(vi('draft:end.text'));
  await asked.getByLabel(label('draft:end.lastDay')).fill('31/12/2099');
  await asked.getByLabel(label('draft:end.number')).fill('99/QĐ-UBND');
  await asked.getByLabel(label('draft:end.date')).fill('01/03/2026');
  await asked.getByRole('button', { name: vi('draft:end.send'), exact: true }).click();
  await expect(page.getByText(vi('draft:end.done', { date: '31/12/2099' }))).toBeVisible();
  await expect(page.getByRole('region', { name: vi('catalogue:figures') })).toContainText('99/QĐ-UBND');
  await expect(page.getByRole('button', { name: vi('draft:end.open') })).toHaveCount(0);
});
