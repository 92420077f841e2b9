import { answer, NEXT_WEEK, setClock, slip } from '../support/answers.ts';
import { Data } from '../support/checks.ts';
import { test } from '../support/office.ts';
import { lookAt, lookAtAsItIs } from '../support/panel.ts';
import { takeIn } from '../support/scene.ts';
import { expect } from '../support/test.ts';
import { vi } from '../support/words.ts';

const text = (key: string, values?: Record<string, string>) => vi(`surveyresult:${key}`, values);

// Without a history of its own a demonstration has no answers either.
test.use({ settings: { MOTCUA_DEMO_HISTORY_DAYS: '0' } });

test('people’s own words are looked at by the inspector, by keyboard, before the ward reads them', async ({ office, people }) => {
  test.setTimeout(180_000);
  const { api } = office;
  const words = [
    'Chị Lan ở quầy 2 bắt chờ lâu, gọi 0912345678',
    'Nên có thêm ghế ngồi',
    'Nên có thêm quạt',
    'Chỗ gửi xe chật',
    'Bảng hướng dẫn chữ nhỏ quá, người già khó đọc',
  ];
  for (const other of words)
    await answer(api, await takeIn(api), slip('2', '2', { question: 'other', text: other }));
  const ahead = await setClock(api, NEXT_WEEK);
  const at = { url: office.url, ahead };
  const held = () => api.call<{ items: { text: string }[] }>('thanhtra', 'GET', '/survey-remarks?state=held');
  await expect.poll(async () => (await held()).items.length, { timeout: 20_000 }).toBe(5);

  await test.step('nobody of the ward reads them yet', async () => {
    const leader = await people.page('lanhdao.thd', { at });
    await leader.goto('/surveys/remarks');
    await expect(leader.getByText(text('remarks.none'))).toBeVisible();
    await expect(leader.getByRole('region', { name: text('screening.title') })).toHaveCount(0);
  });

  const page = await people.page('thanhtra', { at });
  const data = new Data(page);
  await page.goto('/surveys/remarks');
  const field = page.locator('[name=remark]');
  const left = (n: number) => expect(page.getByText(text('screening.left_other', { count: String(n) }))).toBeVisible();

  await test.step('one by one, names and numbers taken out', async () => {
    await expect(field).toBeFocused();
    await left(5);
    // Those that are put off come again when all others were looked at.
    for (let i = 0; i < 5 && !(await field.inputValue()).includes('quầy'); i++) {
      const before = await field.inputValue();
      await page.keyboard.press('Alt+S');
      await expect(field).not.toHaveValue(before);
      await expect(field).toBeFocused();
    }
    await expect(field).toHaveValue('Chị ▮▮▮ ở quầy 2 bắt chờ lâu, gọi ▮▮▮');
    await lookAt(page, data, 'survey-screening');
  });

  await test.step('reworded, it is opened', async () => {
    await field.focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await page.keyboard.press('Control+Enter');
    await page.keyboard.insertText('Phải chờ lâu');
    await page.keyboard.press('Control+Enter');
    await left(4);
    await expect(page.getByText(text('screening.opened'))).toBeVisible();
    await expect(page.getByRole('region', { name: text('remarks.open') })).toContainText('Phải chờ lâu');
  });

  await test.step('another is dropped for good, after a question', async () => {
    await expect(field).toBeFocused();
    const gone = await field.inputValue();
    await page.keyboard.press('Alt+L');
    const sure = page.getByRole('dialog', { name: text('screening.sure') });
    await expect(sure.getByRole('button', { name: text('screening.drop') })).toBeFocused();
    await lookAtAsItIs(page, 'survey-screening-drop');
    await page.keyboard.press('Escape');
    await expect(sure).toHaveCount(0);
    await left(4);
    await page.keyboard.press('Alt+L');
    await expect(sure.getByRole('button', { name: text('screening.drop') })).toBeFocused();
    await page.keyboard.press('Enter');
    await left(3);
    expect((await held()).items.map((r) => r.text)).not.toContain(gone);
    await expect(page.getByText(gone, { exact: true })).toHaveCount(0);
  });

  await test.step('the rest as they are', async () => {
    for (const n of [2, 1, 0]) {
      await expect(field).toBeFocused();
      await page.keyboard.press('Control+Enter');
      if (n > 0) await left(n);
    }
    await expect(page.getByText(text('screening.none'))).toBeVisible();
    expect((await held()).items).toEqual([]);
  });

  await test.step('then the ward reads what is open, and another ward does not', async () => {
    const leader = await people.page('lanhdao.thd', { at });
    const seen = new Data(leader);
    await leader.goto('/surveys/remarks');
    const open = leader.getByRole('region', { name: text('remarks.open') }).getByRole('listitem');
    await expect(open).toHaveCount(4);
    await expect(open.filter({ hasText: 'Phải chờ lâu' })).toContainText('Quý I/2026');
    await lookAt(leader, seen, 'survey-remarks');
    const other = await people.page('lanhdao.cn', { at });
    await other.goto('/surveys/remarks');
    await expect(other.getByText(text('remarks.none'))).toBeVisible();
  });
});
