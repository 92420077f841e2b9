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
    ['thuly.thd', '/register'],
    ['thungan', '/register'],
    ['thuly.thd', '/indices'],
    ['lanhdao.thd', '/indices/new'],
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

test('everybody may open the sheet of what was handed over, and who hands over has it in the menu', async ({ people }) => {
  for (const [who, handsOver] of [
    ['tiepnhan', true],
    ['thuly.thd', true],
    ['lanhdao.thd', true],
    ['traketqua', true],
    ['thungan', false],
    ['giamdoc', false],
    ['thanhtra', false],
    ['admin', false],
  ] as const) {
    const page = await people.page(who);
    await page.goto('/handover-sheet');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('handover:title'));
    await expect(page.locator('#given-title')).toBeVisible();
    const menu = page.getByRole('navigation', { name: vi('common:nav.main') });
    await expect(menu.getByRole('link', { name: vi('common:nav.handoverSheet'), exact: true })).toHaveCount(handsOver ? 1 : 0);
  }
});

test('nobody sees on the sheet what others gave, nor of other authorities', async ({ people }) => {
  const { given } = scene().dossiers;
  const giver = await people.page('tiepnhan');
  await giver.goto('/handover-sheet');
  await expect(giver.getByRole('link', { name: given.code ?? '' })).toBeVisible();
  const director = await people.page('giamdoc');
  await director.goto('/handover-sheet');
  await expect(director.getByText(vi('handover:empty', { day: '02/03/2026', desk: vi('dossier:desk.handler') }))).toBeVisible();
  const handler = await people.page('thuly.ht');
  await handler.goto('/handover-sheet');
  await expect(handler.locator('[name=authority] option')).toHaveText(['Ủy ban nhân dân phường Hàng Trống']);
});
