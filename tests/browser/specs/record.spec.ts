import { Data } from '../support/checks.ts';
import { lookAt } from '../support/panel.ts';
import { bringTo, takeIn } from '../support/scene.ts';
import { expect, test } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

test('an inspector follows one dossier through the record, and reads until when a delegation runs', async ({
  people,
  api,
}) => {
  test.setTimeout(120_000);
  const dossier = await bringTo(api, await takeIn(api), 'processing');
  const users: { items: { id: string; username: string }[] } = await api.call('admin', 'GET', '/users?limit=100');
  const of = (name: string) => users.items.find((u) => u.username === name)?.id;
  const ward = await api.ward('thd');
  const from = await api.now();
  const given: { id: string } = await api.call('lanhdao.thd', 'POST', '/delegations', {
    to_user_id: of('thuly.cn'),
    role: 'leader',
    authority_id: ward.id,
    valid_from: from.toISOString(),
    valid_to: '2026-03-20T00:00:00+07:00',
    reason: 'Đi công tác',
  });
  const page = await people.page('thanhtra');
  const data = new Data(page);
  await page.goto('/audit');
  const table = page.getByRole('table');
  await expect(table.getByRole('row').filter({ hasText: vi('audit:action.delegation_made') }).first()).toContainText(
    vi('audit:until', { at: '00:00 20/03/2026' }),
  );
  await lookAt(page, data, 'audit');
  const subject = page.getByLabel(label('audit:subject'));
  await subject.fill(dossier.id);
  await page.keyboard.press('Enter');
  await expect(table.getByRole('row')).toHaveCount(4);
  await expect(table).toContainText(vi('dossier:event.accepted'));
  await expect(page).toHaveURL(new RegExp(`subject=${dossier.id}`));
  await subject.fill(given.id);
  await page.keyboard.press('Enter');
  await expect(table.getByRole('row')).toHaveCount(2);
  await subject.fill('khong-co');
  await page.keyboard.press('Enter');
  await expect(page.getByText(vi('audit:none'))).toBeVisible();
});

test('an administrator gives somebody a further role and takes it away again', async ({ people, api }) => {
  test.setTimeout(120_000);
  await api.call('admin', 'POST', '/users', {
    username: 'them.vai',
    full_name: 'Hoàng Thị Thêm',
    roles: [{ role: 'cashier' }],
  });
  const page = await people.page('admin');
  await page.goto('/users');
  await page.getByRole('button', { name: vi('account:users.of.roles', { name: 'Hoàng Thị Thêm' }), exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(label('account:users.newRole')).selectOption('handler');
  await dialog.getByLabel(label('account:users.authority')).selectOption({ label: 'Ủy ban nhân dân phường Cửa Nam' });
  await dialog.getByRole('button', { name: vi('account:users.giveRole'), exact: true }).click();
  await expect(dialog.getByRole('listitem')).toHaveCount(2);
  await expect(dialog).toContainText('Ủy ban nhân dân phường Cửa Nam');
  // An administrator is no leader: told beside the field.
  await dialog.getByLabel(label('account:users.newRole')).selectOption('admin');
  await dialog.getByRole('button', { name: vi('account:users.giveRole'), exact: true }).click();
  await expect(dialog.getByRole('listitem')).toHaveCount(3);
  await dialog.getByLabel(label('account:users.newRole')).selectOption('director');
  await dialog.getByRole('button', { name: vi('account:users.giveRole'), exact: true }).click();
  await expect(dialog.getByText('Quản trị viên không đồng thời giữ vai trò lãnh đạo hoặc giám đốc.').first()).toBeVisible();
  await dialog.getByRole('button', { name: new RegExp(`^${vi('account:users.takeRole')}: Thu phí, lệ phí`) }).click();
  await expect(dialog.getByRole('listitem')).toHaveCount(2);
});
