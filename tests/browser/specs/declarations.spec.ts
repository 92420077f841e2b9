import type { Page } from '@playwright/test';
import { Data } from '../support/checks.ts';
import { focused, goTo, scan } from '../support/counter.ts';
import { begin, cards, draw, fieldOf, formOf, readBack, samples, saved, scanParty, sign, typeRest } from '../support/declarations.ts';
import { lookAt, lookAtAsItIs } from '../support/panel.ts';
import { wordsOf } from '../support/pdf.ts';
import { takeIn } from '../support/scene.ts';
import { canBeHit, glance, lookAtScreen } from '../support/surveys.ts';
import { expect, test } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

const text = (key: string, values?: Record<string, string>) => vi(`declaration:${key}`, values);
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const side = (page: Page) => page.getByRole('region', { name: text('fill.standing') });
const idOf = (page: Page) => /\/declarations\/([^/]+)/.exec(new URL(page.url()).pathname)?.[1] ?? '';
const DRAFT = 'BẢN NHÁP';

interface Item {
  id: string;
  state: string;
}

test.describe('ten declarations, each from the scan of a card to the signed paper, without typing what a card says:', () => {
  for (const sample of samples)
    test(sample.code, async ({ people, api }) => {
      test.setTimeout(180_000);
      const form = await formOf(api, sample.code);
      const page = await people.page('tiepnhan');
      await page.goto('/declarations');
      await begin(page, sample.typed, form);
      // A new one begins where the scanner types.
      await expect(fieldOf(page, `card.${sample.scans[0]?.[0]}`)).toBeFocused();
      for (const [party, card] of sample.scans) await scanParty(page, form, party, card);
      await typeRest(page, sample.rest);
      const id = idOf(page);
      expect(await wordsOf(await api.file('tiepnhan', `/declarations/${id}/paper`))).toContain(DRAFT);

      await readBack(page, form);
      // A screen takes one signature: what two declare they sign on paper.
      const how = form.parties.filter((p) => p.declarant).length > 1 ? 'paper' : 'screen';
      await sign(page, how, ...sample.scans.map(([, card]) => card));

      const signed = await api.file('tiepnhan', `/declarations/${id}/paper`);
      const words = await wordsOf(signed);
      expect(words).not.toContain(DRAFT);
      for (const [, card] of sample.scans) {
        expect(words.toLocaleUpperCase('vi')).toContain(cards[card].name.toLocaleUpperCase('vi'));
        expect(words).toContain(cards[card].number);
      }
      // Days and amounts are written in one spelling, whatever was typed.
      for (const value of Object.values(sample.rest).filter((v) => !/^[\d/.]+$/.test(v))) expect(words).toContain(value);
      expect(await api.file('tiepnhan', `/declarations/${id}/paper`), 'the same for ever').toEqual(signed);

      // Once signed it is only read.
      await page.getByRole('link', { name: text('back.officer') }).press('Enter');
      await expect(page.getByText(text('read.fixed'))).toBeVisible();
      await expect(page.locator('main input, main select, main textarea')).toHaveCount(0);
    });
});

test('an officer writes a declaration of a dossier by keyboard alone, and the citizen corrects and signs it', async ({ people, api }) => {
  test.setTimeout(300_000);
  const dossier = await takeIn(api, { name: 'Nguyễn Đức An', identity: '001084012345' });
  const form = await formOf(api, 'marital_status');
  const page = await people.page('tiepnhan');
  const data = new Data(page);
  await page.goto(`/dossiers/${dossier.id}`);
  const card = page.getByRole('region', { name: text('ofDossier.title'), exact: true });
  await expect(card).toContainText(text('ofDossier.none'));
  await card.getByRole('button', { name: text('ofDossier.begin') }).press('Enter');
  await expect(heading(page)).toHaveText(form.title.vi);
  await expect(page.getByRole('link', { name: text('one.dossier', { code: dossier.code ?? '' }) })).toBeVisible();
  await lookAt(page, data, 'declaration-new');

  await test.step('what is scanned is no card', async () => {
    await fieldOf(page, 'card.declarant').focus();
    await scan(page, '8934563138164');
    await expect(page.getByRole('alert').filter({ hasText: 'card_unreadable' })).toBeVisible();
    await expect(fieldOf(page, 'card.declarant')).toBeFocused();
    await lookAtAsItIs(page, 'declaration-no-card');
  });

  await test.step('what is missing is listed, and each leads to its field', async () => {
    await side(page).getByRole('button', { name: text('fill.readBack') }).press('Enter');
    await expect(fieldOf(page, 'declarant/full_name')).toBeFocused();
    await expect(fieldOf(page, 'declarant/full_name')).toHaveAttribute('aria-invalid', 'true');
    await expect(heading(page)).toHaveText(form.title.vi);
    const last = side(page).getByRole('listitem').last().getByRole('button');
    await last.press('Enter');
    await expect(fieldOf(page, 'status/purpose')).toBeFocused();
    await lookAtAsItIs(page, 'declaration-missing');
  });

  await test.step('the card fills what it says; Enter goes on to what it does not', async () => {
    await fieldOf(page, 'card.declarant').focus();
    await scan(page, cards.an.text);
    await expect.poll(() => focused(page), 'the first field in which nothing stands').toBe('Quan hệ với người được cấp Giấy xác nhận');
    await page.keyboard.insertText('Bản thân');
    await page.keyboard.press('Enter');
    await expect(fieldOf(page, 'card.person')).toBeFocused();
    await scan(page, cards.an.text);
    await expect.poll(() => focused(page)).toBe('Dân tộc');
    await page.keyboard.insertText('Kinh');
    await page.keyboard.press('Enter');
    await page.keyboard.insertText('Việt Nam');
    await goTo(page, /^Tình trạng hôn nhân$/, 'Enter');
    await page.keyboard.press('ArrowDown');
    await goTo(page, /^Thời gian xin xác nhận: từ ngày$/, 'Enter');
    await page.keyboard.insertText('31/02/2026');
    await page.keyboard.press('Enter');
    await expect(fieldOf(page, 'status/from')).toHaveAttribute('aria-invalid', 'true');
    await fieldOf(page, 'status/from').fill('1/2/2026');
    await goTo(page, /^Mục đích sử dụng/, 'Enter');
    await page.keyboard.insertText('Mua nhà');
    await page.keyboard.press('Control+Enter');
    await saved(page);
    await expect(fieldOf(page, 'status/from')).toHaveValue('01/02/2026');
    await expect(fieldOf(page, 'status/purpose')).toHaveAccessibleDescription(new RegExp(text('source.officer')));
    // What is typed is still there when the page is loaded anew.
    await page.reload();
    await expect(fieldOf(page, 'status/purpose')).toHaveValue('Mua nhà');
    await lookAt(page, data, 'declaration-filled');
  });

  await test.step('the paper is looked at', async () => {
    const asked = page.waitForRequest((r) => new URL(r.url()).pathname.endsWith('/paper'));
    const opened = page.context().waitForEvent('page');
    await side(page).getByRole('button', { name: text('paper.preview') }).press('Enter');
    await asked;
    const shown = await opened;
    await expect.poll(() => shown.url()).toMatch(/^blob:/);
    await shown.close();
  });

  await test.step('the citizen hears it, and puts one thing right', async () => {
    await side(page).getByRole('button', { name: text('fill.readBack') }).press('Enter');
    await expect(heading(page)).toHaveText('Người yêu cầu');
    await expect(page.getByRole('navigation'), 'no menu').toHaveCount(0);
    await canBeHit(page);
    await lookAtScreen(page, 'read-back');
    await page.getByRole('button', { name: text('back.right') }).press('Enter');
    await page.getByRole('button', { name: text('back.right') }).press('Enter');
    await expect(heading(page)).toHaveText('Tình trạng hôn nhân');
    await page.getByRole('button', { name: text('back.correct') }).press('Enter');
    await fieldOf(page, 'status/from').fill('31/02/2026');
    await fieldOf(page, 'status/purpose').fill('Kết hôn');
    await page.getByRole('button', { name: text('back.save') }).press('Enter');
    await expect(fieldOf(page, 'status/from')).toBeFocused();
    await expect(fieldOf(page, 'status/from')).toHaveAttribute('aria-invalid', 'true');
    await lookAtScreen(page, 'read-back-refused');
    await fieldOf(page, 'status/from').fill('');
    await page.getByRole('button', { name: text('back.save') }).press('Enter');
    await expect(page.getByText('Kết hôn', { exact: true })).toBeVisible();
    await expect(page.getByText('Mua nhà')).toHaveCount(0);
    await page.getByRole('button', { name: text('back.right') }).press('Enter');
  });

  await test.step('nothing is signed without ink; what went wrong is drawn anew', async () => {
    await expect(heading(page)).toHaveText(text('sign.title'));
    await page.getByRole('button', { name: text('sign.send') }).press('Enter');
    await expect(page.getByText(text('sign.lacking'))).toBeVisible();
    await lookAtScreen(page, 'read-back-sign');
    await draw(page);
    await page.getByRole('button', { name: text('sign.clear') }).press('Enter');
    await sign(page, 'screen', 'an');
    await lookAtScreen(page, 'read-back-thanks');
  });

  await test.step('it is kept as it was signed, and found at the dossier', async () => {
    await page.getByRole('link', { name: text('back.officer') }).press('Enter');
    await expect(page.getByRole('region', { name: text('read.signed') })).toContainText(text('how.screen'));
    await expect(page.getByText(text('source.citizen'))).toBeVisible();
    await lookAt(page, data, 'declaration-signed');
    await page.goto(`/dossiers/${dossier.id}`);
    await expect(card).toContainText(text('state.signed'));
    await expect(card.getByRole('button', { name: text('paper.printOf', { form: form.title.vi }) })).toBeVisible();
    await lookAt(page, data, 'dossier-declarations');
  });
});

test('whoever comes back finds their data in the earlier paper, signs on paper, and a draft can be dropped', async ({ people, api }) => {
  test.setTimeout(240_000);
  const form = await formOf(api, 'certified_signature');
  const page = await people.page('tiepnhan');
  const data = new Data(page);
  const start = async () => {
    await page.goto('/declarations');
    await begin(page, 'chung thuc chu ky', form);
  };
  const sample = samples.find((s) => s.code === 'certified_signature');
  if (!sample) throw new Error('no sample');

  await start();
  await scanParty(page, form, 'declarant', 'nhung');
  await typeRest(page, { ...sample.rest, 'declarant/phone': '0987654321' });
  await readBack(page, form);
  await page.getByRole('button', { name: text('sign.paper') }).press('Enter');
  await expect(heading(page)).toHaveText(text('end.paper.title'));
  await page.getByRole('link', { name: text('back.officer') }).press('Enter');
  await expect(page.getByRole('region', { name: text('read.signed') })).toContainText(text('how.paper'));

  // The telephone is on no card: it comes from what was written before.
  await start();
  await scanParty(page, form, 'declarant', 'nhung');
  await expect(fieldOf(page, 'declarant/phone')).toHaveValue('');
  await page.getByRole('button', { name: text('earlier.of', { party: 'Người yêu cầu' }) }).press('Enter');
  await expect(fieldOf(page, 'declarant/phone')).toHaveValue('0987654321');
  await expect(fieldOf(page, 'declarant/phone')).toHaveAccessibleDescription(new RegExp(text('source.dossier')));
  await lookAt(page, data, 'declaration-earlier');
  const id = idOf(page);

  await side(page).getByRole('button', { name: text('drop.button') }).press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await lookAtAsItIs(page, 'declaration-drop');
  await page.getByRole('dialog').getByRole('button', { name: text('drop.send') }).press('Enter');
  await expect(heading(page)).toHaveText(text('list.title'));
  await expect(page.locator('tbody tr').first()).toBeVisible();
  await page.locator('main select[name=state]').selectOption('signed');
  await expect(page).toHaveURL(/state=signed/);
  await lookAt(page, data, 'declarations');
  const { items } = await api.call<{ items: Item[] }>('tiepnhan', 'GET', '/declarations?limit=100');
  expect(items.map((item) => item.id)).not.toContain(id);
});

test('a citizen who goes away leaves nothing of theirs on the screen', async ({ people, api }) => {
  test.setTimeout(120_000);
  const form = await formOf(api, 'certified_signature');
  const page = await people.page('tiepnhan');
  await page.clock.install();
  await page.goto('/declarations');
  await begin(page, 'chung thuc chu ky', form);
  await scanParty(page, form, 'declarant', 'nhu');
  await typeRest(page, samples.find((s) => s.code === 'certified_signature')?.rest ?? {});
  await side(page).getByRole('button', { name: text('fill.readBack') }).press('Enter');
  await expect(page.getByText(cards.nhu.name)).toBeVisible();
  await page.clock.runFor(112_000);
  await expect(page.getByText(text('idle.soon'))).toBeVisible();
  await glance(page, 'read-back-idle');
  await page.getByRole('button', { name: text('idle.stay') }).click();
  await expect(page.getByText(text('idle.soon'))).toHaveCount(0);
  await expect(page.getByText(cards.nhu.name)).toBeVisible();
  await page.clock.runFor(122_000);
  await expect(heading(page)).toHaveText(text('end.away.title'));
  expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain(cards.nhu.name);
});

test('only who takes dossiers in writes declarations; who may read the dossier reads them', async ({ people, api }) => {
  const dossier = await takeIn(api, { name: 'Nguyễn Đức An', identity: '001084012345' });
  const made = await api.call<Item>('tiepnhan', 'POST', '/declarations', {
    form_code: 'marital_status',
    dossier_id: dossier.id,
    card_text: cards.an.text,
    party: 'declarant',
  });
  const leader = await people.page('lanhdao.thd');
  await leader.goto('/declarations');
  await expect(heading(leader)).toHaveText(vi('dossier:work.title'));
  const menu = leader.getByRole('navigation', { name: vi('common:nav.main') });
  await expect(menu.getByRole('link', { name: vi('common:nav.declarations'), exact: true })).toHaveCount(0);
  await leader.goto(`/dossiers/${dossier.id}`);
  const card = leader.getByRole('region', { name: text('ofDossier.title'), exact: true });
  await expect(card.getByRole('button', { name: text('ofDossier.begin') })).toHaveCount(0);
  await card.getByRole('link').press('Enter');
  await expect(leader).toHaveURL(new RegExp(made.id));
  await expect(leader.getByRole('region', { name: text('read.unsigned') })).toBeVisible();
  await expect(leader.locator('main input')).toHaveCount(0);
  await expect(leader.getByText(cards.an.name, { exact: true })).toBeVisible();

  const officer = await people.page('tiepnhan');
  await officer.goto('/');
  await officer.getByRole('navigation', { name: vi('common:nav.main') }).getByRole('link', { name: vi('common:nav.declarations'), exact: true }).press('Enter');
  await expect(officer.getByRole('combobox', { name: label('declaration:begin.form') })).toBeFocused();
  await officer.keyboard.press('Tab');
  await officer.goto(`/declarations/${made.id}/read-back`);
  await expect(heading(officer), 'nothing is read back that is still written').toHaveText(text('end.draft.title'));
});
