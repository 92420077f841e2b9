import { scanRGBABuffer } from '@undecaf/zbar-wasm';
import { PNG } from 'pngjs';
import type { Page } from '@playwright/test';
import { Data, picture } from '../support/checks.ts';
import { test } from '../support/office.ts';
import { lookAt, lookAtAsItIs } from '../support/panel.ts';
import { takeIn } from '../support/scene.ts';
import { askedBySlip } from '../support/surveys.ts';
import { expect } from '../support/test.ts';
import { vi } from '../support/words.ts';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const dialogOf = (page: Page) => page.getByRole('dialog');
const field = (page: Page, name: string) => page.locator(`[name="${name}"]`);
const preview = (page: Page) => page.getByRole('region', { name: vi('survey:preview.title') });
const state = (page: Page) => page.getByRole('region', { name: vi('survey:builder.state') });

test('an administrator drafts a questionnaire by keyboard, is shown its fault, tries it, publishes it, and slips ask with it', async ({
  office,
  people,
}) => {
  test.setTimeout(300_000);
  const page = await people.page('admin', { at: office, width: 1440 });
  const data = new Data(page);
  await page.goto('/');
  const nav = page.getByRole('navigation', { name: vi('common:nav.main') });
  await nav.getByText(vi('common:nav.group.surveys')).press('Enter');
  await nav.getByRole('link', { name: vi('common:nav.questionnaires') }).press('Enter');
  await expect(heading(page)).toHaveText(vi('survey:list.title'));
  await expect(page.getByRole('row')).toHaveCount(4);
  await lookAt(page, data, 'questionnaires');

  await page.getByRole('link', { name: vi('survey:list.new') }).press('Enter');
  await expect(heading(page)).toHaveText(vi('survey:builder.new', { name: vi('survey:builder.unnamed') }));
  await field(page, 'code').focus();
  await page.keyboard.insertText('Phiếu riêng');
  await page.keyboard.press('Enter');
  await field(page, 'title/vi').fill('Phiếu của phường');
  await field(page, 'title/en').fill('The ward’s questionnaire');
  await field(page, 'questions/0/text/vi').fill('Ông/Bà phải chờ có lâu không?');
  await field(page, 'questions/0/text/en').fill('Did you have to wait long?');
  await field(page, 'questions/0/options/0/text/vi').fill('Không lâu');
  await field(page, 'questions/0/options/0/text/en').fill('Not long');
  await field(page, 'questions/0/options/1/text/vi').fill('Lâu');
  await page.keyboard.press('Control+Enter');

  await test.step('what the server refuses stands at its field, and is gone to from the list', async () => {
    await expect(field(page, 'code')).toHaveAttribute('aria-invalid', 'true');
    await expect(field(page, 'code')).toBeFocused();
    await expect(field(page, 'questions/0/options/1/text/en')).toHaveAttribute('aria-invalid', 'true');
    await expect(state(page)).toContainText(vi('survey:builder.faults_other', { count: '2' }));
    await lookAtAsItIs(page, 'questionnaire-faults');
    await page.setViewportSize({ width: 1440, height: 900 });
    await state(page).getByRole('button', { name: /Phương án 2/ }).press('Enter');
    await expect(field(page, 'questions/0/options/1/text/en')).toBeFocused();
    await page.keyboard.insertText('Long');
    await expect(field(page, 'questions/0/options/1/text/en')).not.toHaveAttribute('aria-invalid', 'true');
    await field(page, 'code').fill('rieng');
  });

  await test.step('a second question, asked only after an answer, moved by keyboard', async () => {
    await page.getByRole('button', { name: vi('survey:questions.add') }).press('Enter');
    await expect(field(page, 'questions/1/text/vi')).toBeFocused();
    await page.keyboard.insertText('Nhìn chung, Ông/Bà hài lòng thế nào?');
    await field(page, 'questions/1/text/en').fill('How satisfied are you?');
    await field(page, 'questions/1/kind').selectOption('likert');
    await field(page, 'questions/1/required').check();
    await field(page, 'questions/1/overall').check();
    await page.getByRole('button', { name: vi('survey:questions.add') }).press('Enter');
    await expect(field(page, 'questions/2/text/vi')).toBeFocused();
    await page.keyboard.insertText('Chờ lâu ở khâu nào?');
    await field(page, 'questions/2/text/en').fill('Where did you wait?');
    await field(page, 'questions/2/kind').selectOption('text');
    await field(page, 'questions/2/show_if').selectOption({ label: 'Câu 1: Ông/Bà phải chờ có lâu không?' });
    await page.getByRole('group', { name: vi('survey:when.choices') }).getByRole('checkbox', { name: 'Lâu', exact: true }).check();
    // Up behind the first, where it belongs; the keyboard stays with it.
    const up = page.getByRole('button', { name: 'Chuyển lên: Chờ lâu ở khâu nào?' });
    await up.press('Enter');
    await expect(up).toBeFocused();
    await expect(field(page, 'questions/1/text/vi')).toHaveValue('Chờ lâu ở khâu nào?');
  });

  await test.step('it is tried as people will see it, while it is written', async () => {
    const card = preview(page);
    await expect(card.getByRole('heading', { level: 3 })).toHaveText('Ông/Bà phải chờ có lâu không?');
    await card.getByText('Lâu', { exact: true }).click();
    await card.getByRole('button', { name: vi('kiosk:next') }).click();
    await expect(card.getByRole('heading', { level: 3 })).toHaveText('Chờ lâu ở khâu nào?');
    await field(page, 'questions/1/text/vi').fill('Chờ lâu ở khâu nào nhất?');
    await expect(card.getByRole('heading', { level: 3 })).toHaveText('Chờ lâu ở khâu nào nhất?');
    await card.getByLabel(vi('survey:preview.language')).selectOption('en');
    await expect(card.getByRole('heading', { level: 3 })).toHaveText('Where did you wait?');
    await expect(card.getByRole('button', { name: 'Skip this question' })).toBeVisible();
    await card.getByRole('button', { name: 'Back' }).click();
    await card.getByText('Not long', { exact: true }).click();
    await card.getByRole('button', { name: 'Go on' }).click();
    await expect(card.getByRole('heading', { level: 3 })).toHaveText('How satisfied are you?');
    await card.getByText('Very satisfied').click();
    await card.getByRole('button', { name: 'Send' }).click();
    await expect(card.getByText(vi('survey:preview.over'))).toBeVisible();
    await card.getByRole('button', { name: vi('survey:preview.again') }).click();
    await card.getByLabel(vi('survey:preview.language')).selectOption('vi');
  });

  await test.step('what is not saved is not left without being asked', async () => {
    await nav.getByRole('link', { name: vi('common:nav.surveyDevices') }).click();
    await expect(dialogOf(page)).toContainText(vi('survey:leave.text'));
    await dialogOf(page).getByRole('button', { name: vi('survey:leave.stay') }).click();
    await expect(dialogOf(page)).toHaveCount(0);
  });

  await state(page).getByRole('button', { name: vi('survey:builder.save') }).press('Enter');
  await expect(heading(page)).toHaveText(vi('survey:builder.title', { name: 'Phiếu của phường' }));
  await expect(state(page)).toContainText(vi('survey:builder.saved'));
  await expect(page).toHaveURL(/\/surveys\/questionnaires\/[0-9a-f-]{36}$/);
  await lookAt(page, data, 'questionnaire-draft');
  await page.setViewportSize({ width: 1440, height: 900 });
  await picture(page, 'questionnaire-draft-vi-1440', { fullPage: true });

  await test.step('published after being asked; then it is read, not written', async () => {
    const publish = state(page).getByRole('button', { name: vi('survey:builder.publish') });
    await publish.click();
    await expect(dialogOf(page)).toContainText(vi('survey:publish.title', { code: 'rieng' }));
    await lookAtAsItIs(page, 'questionnaire-publish');
    await page.setViewportSize({ width: 1440, height: 900 });
    await dialogOf(page).getByRole('button', { name: vi('survey:publish.send') }).click();
    await expect(page.getByText(vi('survey:read.fixed'))).toBeVisible();
    await expect(page.locator('[name="title/vi"]')).toHaveCount(0);
    await expect(page.getByText(vi('survey:when.said', { number: '1', choices: 'Lâu' }))).toBeVisible();
    await lookAt(page, data, 'questionnaire-published');
  });

  await test.step('the centre chooses it for its slips, and the next slip asks with it', async () => {
    await page.getByRole('link', { name: vi('survey:list.back') }).click();
    await field(page, 'slip_code').selectOption('rieng');
    await field(page, 'valid_days').fill('0');
    await page.keyboard.press('Control+Enter');
    await expect(field(page, 'valid_days')).toHaveAttribute('aria-invalid', 'true');
    await expect(field(page, 'valid_days')).toBeFocused();
    await field(page, 'valid_days').fill('45');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText(vi('survey:settings.saved'))).toBeVisible();

    const path = await askedBySlip(office.api, await takeIn(office.api));
    const phone = await people.page(undefined, { at: office, width: 360, height: 740 });
    await phone.goto(path);
    await expect(heading(phone)).toHaveText('Phiếu của phường');
    await expect(phone.getByRole('group', { name: /Chờ lâu ở khâu nào nhất/ })).toBeHidden();
    await phone.getByText('Lâu', { exact: true }).click();
    await expect(phone.getByRole('group', { name: /Chờ lâu ở khâu nào nhất/ })).toBeVisible();
  });

  await test.step('its next number begins with what it says; a draft is thrown away after being asked', async () => {
    await page.getByRole('link', { name: 'Phiếu của phường' }).click();
    await page.getByRole('link', { name: vi('survey:read.next') }).click();
    await expect(field(page, 'title/vi')).toHaveValue('Phiếu của phường');
    await expect(field(page, 'code')).toHaveAttribute('readonly', '');
    await field(page, 'title/vi').fill('Phiếu của phường, bản hai');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText(vi('survey:builder.lead', { code: 'rieng', number: '2' }))).toBeVisible();
    await state(page).getByRole('button', { name: vi('survey:builder.discard') }).click();
    await expect(dialogOf(page)).toContainText(vi('survey:discard.text'));
    await dialogOf(page).getByRole('button', { name: vi('survey:discard.send') }).click();
    await expect(heading(page)).toHaveText(vi('survey:list.title'));
    await expect(page.getByText('Phiếu của phường, bản hai')).toHaveCount(0);
  });

  await test.step('what is asked with is not retired; what is not is', async () => {
    const open = async (name: string) => {
      await page.getByRole('link', { name }).click();
      await page.getByRole('button', { name: vi('survey:retire.open') }).click();
      await expect(dialogOf(page)).toContainText(vi('survey:retire.text'));
      await dialogOf(page).getByRole('button', { name: vi('survey:retire.send') }).click();
    };
    await open('Phiếu của phường');
    await expect(page.getByText(vi('common:problem.code', { code: 'questionnaire_in_use' }))).toBeVisible();
    await page.getByRole('link', { name: vi('survey:list.back') }).click();
    await open('Phiếu điều tra sự hài lòng');
    await expect(page.getByText(vi('survey:read.done'))).toBeVisible();
  });
});

test('two who write the same draft are told of each other, and neither loses what was typed', async ({ office, people }) => {
  const { api } = office;
  const question = { id: 'chung', kind: 'likert', text: { vi: 'Hài lòng không?', en: 'Satisfied?' }, overall: true };
  const body = { code: 'hai_nguoi', title: { vi: 'Phiếu hai người', en: 'Two' }, questions: [question] };
  const { id } = await api.call<{ id: string }>('admin', 'POST', '/questionnaires', body);
  const page = await people.page('admin', { at: office });
  await page.goto(`/surveys/questionnaires/${id}`);
  await field(page, 'title/vi').fill('Tên của tôi');
  const theirs = { ...body, title: { vi: 'Tên của người kia', en: 'Theirs' } };
  await api.call('admin', 'PUT', `/questionnaires/${id}`, theirs, 1);
  await field(page, 'title/vi').press('Control+Enter');
  await expect(page.getByText(vi('survey:stale.title'))).toBeVisible();
  await lookAtAsItIs(page, 'questionnaire-stale');
  await page.getByRole('button', { name: vi('survey:stale.keep') }).click();
  await expect(page.getByText(vi('survey:stale.title'))).toHaveCount(0);
  await expect(field(page, 'title/vi')).toHaveValue('Tên của tôi');
  await state(page).getByRole('button', { name: vi('survey:builder.save') }).click();
  await expect(state(page)).toContainText(vi('survey:builder.saved'));
  const now = await api.call<{ questionnaire: { title: { vi: string } } }>('admin', 'GET', `/questionnaires/${id}`);
  expect(now.questionnaire.title.vi).toBe('Tên của tôi');
});

test('an administrator adds a tablet, opens its page by the address told once, and ends it', async ({ office, people }) => {
  const page = await people.page('admin', { at: office });
  const data = new Data(page);
  await page.goto('/surveys/devices');
  await expect(page.getByText(vi('survey:devices.empty'))).toBeVisible();
  await field(page, 'name').focus();
  await page.keyboard.press('Control+Enter');
  await expect(field(page, 'name')).toHaveAttribute('aria-invalid', 'true');
  await lookAtAsItIs(page, 'survey-devices-empty');
  await field(page, 'name').focus();
  await page.keyboard.insertText('Quầy 2');
  await page.keyboard.press('Control+Enter');
  await expect(dialogOf(page)).toContainText(vi('survey:newDevice.once'));
  await lookAtAsItIs(page, 'survey-device-address');
  const address = (await dialogOf(page).locator('[data-address]').textContent()) ?? '';
  expect(address).toMatch(/\/kiosk\/survey#[0-9a-f]{32}$/);
  // What somebody else's reader sees in the code.
  const picture = PNG.sync.read(await dialogOf(page).getByRole('img', { name: vi('survey:newDevice.qr') }).screenshot());
  const codes = await scanRGBABuffer(new Uint8Array(picture.data).buffer, picture.width, picture.height);
  expect(codes.map((code) => code.decode())).toEqual([address]);
  await page.keyboard.press('Escape');
  await expect(dialogOf(page)).toHaveCount(0);
  await expect(page.getByRole('row', { name: /Quầy 2/ })).toContainText(vi('survey:devices.kinds.tablet'));
  expect(await page.content(), 'told once').not.toContain(address.slice(-32));
  await lookAt(page, data, 'survey-devices');

  const tablet = await people.page(undefined, { at: office });
  await tablet.goto(new URL(address).pathname + new URL(address).hash);
  await expect(heading(tablet)).toHaveText(vi('kiosk:waiting.title'));

  await page.getByRole('button', { name: vi('survey:endDevice.of', { name: 'Quầy 2' }) }).click();
  await expect(dialogOf(page)).toContainText(vi('survey:endDevice.text'));
  await dialogOf(page).getByRole('button', { name: vi('survey:endDevice.send') }).click();
  await expect(page.getByText(vi('survey:endDevice.done', { name: 'Quầy 2' }))).toBeVisible();
  await expect(heading(tablet)).toHaveText(vi('kiosk:unknown.title'));
});

test('the slip on the screen carries the code that asks, on the copy that the citizen takes', async ({ office, people }) => {
  const dossier = await takeIn(office.api);
  const page = await people.page('tiepnhan', { at: office });
  await page.goto(`/dossiers/${dossier.id}/slip`);
  await expect(page.getByRole('article')).toHaveCount(2);
  const asks = page.getByText(vi('slip:survey.asks'));
  await expect(asks).toHaveCount(1);
  const code = page.getByAltText(vi('slip:survey.qr'));
  const drawn = PNG.sync.read(await code.screenshot({ scale: 'device' }));
  expect(drawn.width).toBeGreaterThan(50);
  await lookAtAsItIs(page, 'slip-asks');
  // Printed, it takes no sheet more than the slip did without it.
  const printed = async () => {
    const pdf = await page.pdf({ preferCSSPageSize: true });
    return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length;
  };
  const pages = await printed();
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 484, height: 726 });
  await picture(page, 'slip-asks-print', { fullPage: true });
  await page.emulateMedia({ media: null });
  await page.route('**/reception-slip*', async (route) => {
    const told = (await (await route.fetch()).json()) as object;
    await route.fulfill({ json: { ...told, survey_url: undefined, survey_qr_svg: undefined } });
  });
  await page.reload();
  await expect(page.getByRole('article')).toHaveCount(2);
  await expect(asks).toHaveCount(0);
  expect(pages).toBe(await printed());
});

test('only administrators write what is asked', async ({ office, people }) => {
  const page = await people.page('lanhdao.thd', { at: office });
  for (const path of ['/surveys/questionnaires', '/surveys/devices']) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/$/);
  }
  await expect(page.getByRole('link', { name: vi('common:nav.surveyDevices') })).toHaveCount(0);
});
