import type { Page } from '@playwright/test';
import { Data } from '../support/checks.ts';
import { staff, test } from '../support/office.ts';
import { lookAt } from '../support/panel.ts';
import { expect } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

const menu = (page: Page) => page.getByRole('navigation', { name: vi('common:nav.main') });
const field = (page: Page, key: string) => page.getByLabel(label(key));
const region = (page: Page, key: string) => page.getByRole('region', { name: vi(key), exact: true });
/** The code and the secret that were told once. */
const told = async (page: Page) => {
  const [code, secret] = await page.getByRole('status').locator('dd').allTextContents();
  return { code: code ?? '', secret: secret ?? '' };
};

test('what somebody files by the QR code at a counter is passed on, answered, published, read and rated', async ({ office, people }) => {
  test.setTimeout(240_000);
  const citizen = await people.page(undefined, { at: office });
  const public_ = new Data(citizen);
  await citizen.goto('/gop-y?qr=1');
  await expect(citizen.getByRole('heading', { level: 1 })).toHaveText(vi('feedback:public.title'));
  // What is missing is named beside its field, and the hands go there.
  const form = citizen.getByRole('form', { name: vi('feedback:public.form') });
  await field(citizen, 'feedback:public.text').fill('Máy lấy số <b>hỏng</b> từ 8 giờ <script>alert(1)</script>');
  await citizen.keyboard.press('Control+Enter');
  await expect(field(citizen, 'feedback:filer.name')).toBeFocused();
  await expect(form.locator('[aria-invalid="true"]')).toHaveCount(3);
  await field(citizen, 'feedback:filer.name').fill('Phùng Gia Bách');
  await field(citizen, 'feedback:filer.phone').fill('0987 654 321');
  await field(citizen, 'feedback:filer.address').fill('Ngõ Tức Mạc, nhà số 40');
  await citizen.keyboard.press('Control+Enter');
  await expect(citizen.getByText(vi('feedback:receipt.filed'))).toBeVisible();
  const receipt = await told(citizen);
  expect(receipt.code).toMatch(/-PA26-\d{4}$/);
  await lookAt(citizen, public_, 'feedback-filed');

  // The director finds it in the list and passes it on to a ward.
  const director = await people.page('giamdoc', { at: office });
  const data = new Data(director);
  await director.goto('/');
  await menu(director).getByRole('link', { name: vi('common:nav.feedback') }).press('Enter');
  await expect(director.getByRole('heading', { level: 1 })).toHaveText(vi('feedback:list.title'));
  await lookAt(director, data, 'feedback-list');
  await director.getByLabel(vi('feedback:filter.only')).selectOption('overdue');
  await expect(director).toHaveURL(/only=overdue/);
  await expect(director.locator('tbody tr')).toHaveCount(1);
  await director.goto(`/feedback?code=${receipt.code}`);
  await director.getByRole('link', { name: receipt.code }).press('Enter');
  await expect(director.getByRole('heading', { level: 1 })).toHaveText(receipt.code);
  // A script is text, and nobody's name stands there whole before it is asked for.
  await expect(region(director, 'feedback:item.said')).toContainText('<script>alert(1)</script>');
  await expect(director.getByText('Phùng Gia Bách')).toHaveCount(0);
  await director.getByRole('button', { name: vi('feedback:filer.show') }).press('Enter');
  await expect(region(director, 'feedback:filer.title')).toContainText('Phùng Gia Bách');
  await lookAt(director, data, 'feedback-item');
  const actions = region(director, 'feedback:actions.title');
  await actions.getByLabel(label('feedback:actions.authority')).selectOption({ label: 'Ủy ban nhân dân phường Trần Hưng Đạo' });
  await actions.getByRole('button', { name: vi('feedback:actions.send.forward') }).press('Enter');
  await expect(region(director, 'feedback:item.said')).toContainText(vi('feedback:states.forwarded'));

  // The ward's leader answers, and publishes in words that name nobody.
  const leader = await people.page('lanhdao.thd', { at: office });
  await leader.goto(`/feedback?code=${receipt.code}`);
  await leader.getByRole('link', { name: receipt.code }).click();
  const todo = region(leader, 'feedback:actions.title');
  await todo.getByRole('radio', { name: vi('feedback:actions.answer') }).check();
  await todo.getByLabel(label('feedback:actions.answerText')).fill('Máy lấy số đã được thay trong buổi sáng.');
  await leader.keyboard.press('Control+Enter');
  await expect(region(leader, 'feedback:item.answer')).toContainText('đã được thay');
  await todo.getByLabel(label('feedback:actions.summary')).fill('Ông Phùng Gia Bách báo máy lấy số hỏng.');
  await leader.keyboard.press('Control+Enter');
  await expect(todo.getByLabel(label('feedback:actions.summary'))).toHaveAttribute('aria-invalid', 'true');
  await todo.getByLabel(label('feedback:actions.summary')).fill('Công dân báo máy lấy số hỏng.');
  await leader.keyboard.press('Control+Enter');
  await expect(region(leader, 'feedback:item.published')).toContainText('Công dân báo máy lấy số hỏng.');
  await lookAt(leader, new Data(leader), 'feedback-published');

  // Everybody reads what was published; who filed it reads the answer and rates it, once.
  await citizen.getByRole('link', { name: vi('feedback:public.toPublished') }).click();
  await expect(citizen.getByRole('region', { name: receipt.code })).toContainText('Công dân báo máy lấy số hỏng.');
  await lookAt(citizen, public_, 'feedback-public');
  await citizen.getByRole('link', { name: vi('feedback:public.toLookup') }).click();
  await field(citizen, 'feedback:receipt.code').fill(receipt.code);
  await citizen.getByLabel(label('feedback:receipt.secret')).fill(receipt.secret.toLowerCase());
  await citizen.keyboard.press('Control+Enter');
  const found = citizen.getByRole('region', { name: receipt.code });
  await expect(found).toContainText('Máy lấy số đã được thay trong buổi sáng.');
  await found.getByRole('radio', { name: vi('feedback:satisfaction.5') }).check();
  await found.getByRole('button', { name: vi('feedback:lookup.sendRating') }).press('Enter');
  await expect(found).toContainText(vi('feedback:lookup.rated'));
  await expect(found.getByRole('button', { name: vi('feedback:lookup.sendRating') })).toHaveCount(0);
  await lookAt(citizen, public_, 'feedback-answer');
});

test('reception enters a complaint by keyboard alone, and the director accepts it', async ({ office, people }) => {
  test.setTimeout(180_000);
  const page = await people.page('tiepnhan', { at: office });
  const data = new Data(page);
  await page.goto('/feedback');
  await page.getByRole('link', { name: vi('feedback:list.new') }).press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('feedback:new.title'));
  await field(page, 'feedback:new.kind').selectOption('complaint');
  await field(page, 'feedback:new.text').fill('Tôi khiếu nại việc trả hồ sơ chậm.');
  await page.keyboard.press('Control+Enter');
  await expect(field(page, 'feedback:filer.name')).toBeFocused();
  await page.keyboard.type('Đoàn Quốc Việt');
  await page.keyboard.press('Enter');
  await expect(field(page, 'feedback:filer.phone')).toBeFocused();
  await page.keyboard.type('0988555666');
  await page.keyboard.press('Enter');
  await expect(field(page, 'feedback:filer.address')).toBeFocused();
  await page.keyboard.type('Số 91 phố Lý Thường Kiệt');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(vi('feedback:receipt.received'))).toBeVisible();
  const { code } = await told(page);
  expect(code).toMatch(/-KN26-\d{4}$/);
  await lookAt(page, data, 'feedback-received');
  // Ten days: 12 March.
  await expect(page.getByText('12/03/2026')).toBeVisible();

  const director = await people.page('giamdoc', { at: office });
  await director.goto(`/feedback?code=${code}`);
  await director.getByRole('link', { name: code }).click();
  const actions = region(director, 'feedback:actions.title');
  await actions.getByRole('button', { name: vi('feedback:actions.send.accept') }).press('Enter');
  const said = region(director, 'feedback:item.said');
  await expect(said).toContainText(vi('feedback:states.accepted'));
  // Thirty days from 2 March.
  await expect(said).toContainText('01/04/2026');
  await actions.getByRole('radio', { name: vi('feedback:actions.extend') }).check();
  await actions.getByLabel(label('feedback:actions.extendReason')).fill('Phải xác minh tại nhiều nơi');
  await director.keyboard.press('Control+Enter');
  await expect(said).toContainText('16/04/2026');
  await expect(actions.getByRole('radio', { name: vi('feedback:actions.extend') })).toHaveCount(0);
});

test('a denunciation is seen by whom the director appointed and by nobody else', async ({ office, people }) => {
  test.setTimeout(180_000);
  const citizen = await people.page(undefined, { at: office });
  await citizen.goto('/gop-y');
  await citizen.getByRole('radio', { name: vi('feedback:filings.denunciation') }).check();
  await field(citizen, 'feedback:denunciations.about').fill('Một cán bộ phường');
  await field(citizen, 'feedback:public.text').fill('Nhận tiền ngoài trụ sở.');
  await field(citizen, 'feedback:filer.name').fill('Mạc Văn Thịnh');
  await field(citizen, 'feedback:filer.phone').fill('0933222111');
  await field(citizen, 'feedback:filer.address').fill('Số 15 phố Hàm Long');
  await citizen.keyboard.press('Control+Enter');
  await expect(citizen.getByText(vi('feedback:receipt.filed'))).toBeVisible();
  expect((await told(citizen)).code).toMatch(/^TC-/);

  // Reception has it neither in the menu nor by its address; the director only appoints.
  const reception = await people.page('tiepnhan', { at: office });
  await reception.goto('/denunciations');
  await expect(reception).toHaveURL((url) => url.pathname === '/');
  await expect(menu(reception).getByRole('link', { name: vi('common:nav.denunciations') })).toHaveCount(0);
  const director = await people.page('giamdoc', { at: office });
  await director.goto('/denunciations');
  await expect(director.getByText(vi('feedback:denunciations.notAppointed'))).toBeVisible();
  await expect(region(director, 'feedback:denunciations.book')).toHaveCount(0);
  const leader = await staff(office.api, 'lanhdao.cn');
  const appointments = region(director, 'feedback:appointments.title');
  await appointments.getByLabel(label('feedback:appointments.person')).selectOption(leader.id);
  await appointments.getByRole('button', { name: vi('feedback:appointments.appoint'), exact: true }).press('Enter');
  await expect(appointments.locator('tbody')).toContainText(leader.full_name);
  await lookAt(director, new Data(director), 'denunciation-appointments');

  const appointed = await people.page('lanhdao.cn', { at: office });
  const data = new Data(appointed);
  await appointed.goto('/');
  await menu(appointed).getByRole('link', { name: vi('common:nav.denunciations') }).press('Enter');
  await expect(region(appointed, 'feedback:denunciations.book').locator('tbody tr')).toHaveCount(2);
  await expect(appointed.getByText('Mạc Văn Thịnh')).toHaveCount(0);
  await lookAt(appointed, data, 'denunciations');
  await region(appointed, 'feedback:denunciations.book').getByRole('link').first().click();
  await expect(appointed.getByText('Nhận tiền ngoài trụ sở.')).toBeVisible();
  const actions = region(appointed, 'feedback:actions.title');
  await actions.getByRole('radio', { name: vi('feedback:denunciations.to.accepted'), exact: true }).check();
  await actions.getByRole('button', { name: vi('feedback:denunciations.record') }).press('Enter');
  await expect(appointed.getByText(vi('feedback:denunciations.states.accepted')).first()).toBeVisible();
  await lookAt(appointed, data, 'denunciation');
});

test('an officer reports an obstacle, the leader passes it on and says how it was solved', async ({ office, people }) => {
  test.setTimeout(180_000);
  const page = await people.page('thuly.cn', { at: office });
  const data = new Data(page);
  await page.goto('/');
  await menu(page).getByRole('link', { name: vi('common:nav.obstacles') }).press('Enter');
  await expect(region(page, 'feedback:obstacles.list')).toContainText(vi('feedback:obstacles.none'));
  await field(page, 'feedback:obstacles.kind').selectOption('law');
  await field(page, 'feedback:obstacles.text').fill('Hai thông tư quy định khác nhau về số bản sao.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(vi('feedback:obstacles.raised'))).toBeVisible();
  await expect(region(page, 'feedback:obstacles.list').locator('tbody tr')).toHaveCount(1);
  await lookAt(page, data, 'obstacles');

  const leader = await people.page('lanhdao.cn', { at: office });
  await leader.goto('/obstacles');
  await leader.getByRole('link', { name: /Hai thông tư/ }).click();
  await field(leader, 'feedback:obstacles.to').fill('Sở Tư pháp');
  await leader.keyboard.press('Control+Enter');
  await expect(leader.getByText(vi('feedback:obstacles.states.forwarded'))).toBeVisible();
  await field(leader, 'feedback:obstacles.solution').fill('Theo thông tư ban hành sau.');
  await leader.keyboard.press('Control+Enter');
  await expect(region(leader, 'feedback:obstacles.text')).toContainText(vi('feedback:obstacles.states.solved'));
  await lookAt(leader, new Data(leader), 'obstacle');
  await page.getByRole('link', { name: /Hai thông tư/ }).click();
  await expect(page.getByText('Theo thông tư ban hành sau.')).toBeVisible();
});
