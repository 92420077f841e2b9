import { createHmac } from 'node:crypto';
import { PASSWORD } from '../support/api.ts';
import { Data, picture } from '../support/checks.ts';
import { lookAt } from '../support/panel.ts';
import { expect, test } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

/** The six digits of RFC 6238 for a base32 secret at an instant. */
function codeOf(secret: string, at: Date): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((b) => parseInt(b, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 30_000)));
  const mac = createHmac('sha1', key).update(step).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('a person turns a second factor on, is asked for its code, and an administrator resets it', async ({ people, api }) => {
  test.setTimeout(120_000);
  await api.call('admin', 'POST', '/users', {
    username: 'hai.lop',
    full_name: 'Trương Mỹ Linh',
    password: PASSWORD,
    must_change_password: false,
    roles: [{ role: 'inspector' }],
  });
  const page = await people.page('hai.lop');
  const data = new Data(page);
  await page.goto('/account');
  const factor = page.getByRole('region', { name: vi('account:own.factor.title') });
  await factor.locator('[name=password]').fill('khong phai mat khau');
  await page.keyboard.press('Control+Enter');
  await expect(factor.locator('[name=password]')).toHaveAttribute('aria-invalid', 'true');
  await factor.locator('[name=password]').fill(PASSWORD);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByAltText(vi('account:own.factor.qr'))).toBeVisible();
  await lookAt(page, data, 'account-second-factor');
  const secret = ((await factor.locator('code').textContent()) ?? '').replaceAll(' ', '');
  // The demonstration runs by a clock of its own: the server says what time it is there.
  const now = async () => new Date((await api.now()).getTime());
  await factor.locator('[name=code]').fill('000000');
  await page.keyboard.press('Control+Enter');
  await expect(factor.locator('[name=code]')).toHaveAttribute('aria-invalid', 'true');
  await factor.locator('[name=code]').fill(codeOf(secret, await now()));
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(vi('account:own.factor.on'), { exact: true })).toBeVisible();

  await page.getByRole('button', { name: vi('account:signOut'), exact: true }).click();
  await page.getByLabel(label('account:username')).fill('hai.lop');
  await page.locator('[autocomplete=current-password]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  const asked = page.locator('[autocomplete=one-time-code]');
  await expect(asked).toBeFocused();
  // Nothing is wrong yet, so nothing is told as a mistake.
  await expect(page.getByRole('alert')).toHaveCount(0);
  await lookAt(page, data, 'sign-in-code');
  await asked.fill('000000');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toBeVisible();

  const admin = await people.page('admin');
  await admin.goto('/users');
  await admin.getByRole('button', { name: vi('account:users.of.reset', { name: 'Trương Mỹ Linh' }) }).click();
  await admin.getByRole('dialog').getByRole('button', { name: vi('account:users.ask.reset.yes') }).click();
  await expect(admin.getByRole('button', { name: vi('account:users.of.reset', { name: 'Trương Mỹ Linh' }) })).toHaveCount(0);
});

test('people from a sheet get slips with first passwords, and a role is delegated and ended', async ({ people }) => {
  test.setTimeout(120_000);
  const page = await people.page('admin');
  const data = new Data(page);
  await page.goto('/users');
  const sheet = (rows: string) => ({ name: 'nguoi.csv', mimeType: 'text/csv', buffer: Buffer.from(`username;full_name;title;role;authority\r\n${rows}`) });
  const card = page.getByRole('region', { name: vi('account:import.title') });
  await card.locator('input[type=file]').setInputFiles(sheet('a b;;;vua;\r\n'));
  await expect(card.getByRole('alert')).toContainText(vi('account:import.line', { n: '2' }));
  await picture(page, 'users-import-faulty', { fullPage: true });
  await card.locator('input[type=file]').setInputFiles(sheet('bang.mot;Hồ Thị Bảng;;handler;thd\r\nbang.hai;Lâm Văn Biểu;;cashier;\r\n'));
  await card.getByRole('button', { name: vi('account:import.send_other', { count: '2' }) }).click();
  await card.getByRole('button', { name: vi('account:import.give_other', { count: '2' }) }).click();
  await expect(page.locator('section[aria-labelledby=slips-title] li')).toHaveCount(2);
  await lookAt(page, data, 'users-slips');

  const leader = await people.page('lanhdao.thd');
  await leader.goto('/delegations');
  const form = leader.getByRole('region', { name: vi('account:delegations.new') });
  await form.getByLabel(label('account:delegations.to')).selectOption({ label: 'Hồ Thị Bảng' });
  await form.getByLabel(label('account:delegations.last')).fill('31/12/2026');
  await form.getByLabel(label('account:delegations.reason')).fill('Đi công tác, Quyết định số 45/QĐ-UBND');
  await leader.keyboard.press('Control+Enter');
  const row = leader.locator('tbody tr').first();
  await expect(row).toContainText('Hồ Thị Bảng');
  await expect(row).toContainText(vi('account:delegations.standing.running'));
  await lookAt(leader, new Data(leader), 'delegations-one');
  await leader.getByRole('button', { name: vi('account:delegations.endOf', { name: 'Hồ Thị Bảng' }) }).click();
  await expect(row).toContainText(vi('account:delegations.standing.ended'));
});

test('another system gets an account, its secret once, and its use can be read', async ({ people, api }) => {
  test.setTimeout(120_000);
  const page = await people.page('admin');
  const data = new Data(page);
  await page.goto('/clients');
  await page.getByLabel(label('account:clients.name')).fill('Cổng dịch vụ công thành phố');
  await page.keyboard.press('Control+Enter');
  const told = page.getByRole('status').filter({ hasText: 'client_secret' });
  await expect(told).toContainText(/mcs_/);
  const [id, secret] = await told.locator('dd').allTextContents();
  await lookAt(page, data, 'clients-secret');
  const token = await api.clientToken(id ?? '', secret ?? '');
  expect(token).toBeTruthy();
  await page.getByRole('button', { name: vi('account:clients.kept') }).click();
  await expect(page.getByText(/mcs_/)).toHaveCount(0);
  const card = page.getByRole('region', { name: 'Cổng dịch vụ công thành phố' });
  await card.getByText(vi('account:clients.usage'), { exact: true }).click();
  await expect(card.getByRole('table')).toContainText('GET /api/v1/dossiers');
  await lookAt(page, data, 'clients-used');
});
