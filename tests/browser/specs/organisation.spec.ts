import { Data } from '../support/checks.ts';
import { lookAt } from '../support/panel.ts';
import { expect, test } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

test('an administrator opens a reception point with a counter by keyboard, the board names it, and its last day is written', async ({ people }) => {
  test.setTimeout(120_000);
  const page = await people.page('admin');
  const data = new Data(page);
  await page.goto('/organisation');
  const points = page.getByRole('region', { name: vi('centre:points.title') });
  const form = points.getByRole('form', { name: vi('centre:points.add') });
  // A place without a name is refused where the name belongs.
  await form.getByLabel(label('centre:name')).focus();
  await page.keyboard.press('Control+Enter');
  await expect(form.getByLabel(label('centre:name'))).toHaveAttribute('aria-invalid', 'true');
  await expect(form.getByLabel(label('centre:name'))).toBeFocused();
  await page.keyboard.insertText('Điểm tiếp nhận phố Khâm Thiên');
  await page.keyboard.press('Enter');
  await page.keyboard.insertText('120 phố Khâm Thiên');
  await page.keyboard.press('Control+Enter');
  await expect(points.getByRole('table')).toContainText('120 phố Khâm Thiên');

  const counters = page.getByRole('region', { name: vi('centre:counters.title') });
  const counter = counters.getByRole('form', { name: vi('centre:counters.add') });
  await counter.getByLabel(label('centre:counters.name')).fill('Quầy 12: chứng thực');
  await counter.getByLabel(label('centre:counters.at')).selectOption('Điểm tiếp nhận phố Khâm Thiên');
  await page.keyboard.press('Control+Enter');
  await expect(counters.getByRole('row', { name: /Quầy 12/ })).toContainText('Điểm tiếp nhận phố Khâm Thiên');
  await lookAt(page, data, 'organisation-filled');

  const anyone = await people.page();
  await anyone.goto('/niem-yet');
  await expect(anyone.getByRole('list', { name: vi('upkeep:board.places') })).toContainText('120 phố Khâm Thiên');

  await points.getByRole('button', { name: vi('centre:endOf', { name: 'Điểm tiếp nhận phố Khâm Thiên' }) }).press('Enter');
  const ending = points.getByRole('form', { name: vi('centre:endOf', { name: 'Điểm tiếp nhận phố Khâm Thiên' }) });
  await lookAt(page, data, 'organisation-ending');
  await ending.getByRole('button', { name: vi('centre:endSend') }).press('Enter');
  await expect(ending).toHaveCount(0);
  await expect(points.getByRole('row', { name: /Khâm Thiên/ })).toContainText(' – ');
});
