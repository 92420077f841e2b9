import { expect, scene, test } from '../support/test.ts';
import { vi } from '../support/words.ts';

test('the address of a dossier opens after signing in, and a foreign ward is shut', async ({ people }) => {
  const { accepted } = scene().dossiers;
  const page = await people.page('thuly.ht');
  await page.goto(`/dossiers/${accepted.id}`);
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByText(accepted.code ?? '')).toHaveCount(0);
});

test('a page of someone else’s work leads to one’s own instead of offering what would be refused', async ({ people }) => {
  for (const [who, path] of [
    ['tiepnhan', '/approvals'],
    ['tiepnhan', '/receipts'],
    ['lanhdao.thd', '/intake'],
    ['thuly.thd', '/hand-back'],
    ['tiepnhan', `/dossiers/${scene().dossiers.accepted.id}/views`],
    ['giamdoc', '/users'],
    ['giamdoc', '/catalogue-file'],
    ['giamdoc', '/catalogue-drafts'],
  ] as const) {
    const page = await people.page(who);
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('dossier:work.title'));
    await expect(page).toHaveURL((url) => url.pathname === '/');
  }
});
