import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { setClock } from '../support/answers.ts';
import { Data } from '../support/checks.ts';
import { staff, test } from '../support/office.ts';
import { lookAt, lookAtAsItIs, panelOf } from '../support/panel.ts';
import { bringTo, takeIn } from '../support/scene.ts';
import { expect } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

const text = (key: string, values?: Record<string, string>) => vi(`inspection:${key}`, values);
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const menu = (page: Page) => page.getByRole('navigation', { name: vi('common:nav.main') });
const region = (page: Page, key: string) => page.getByRole('region', { name: text(key), exact: true });
const WARD = 'Ủy ban nhân dân phường Trần Hưng Đạo';
const FOUND = 'Phiếu kiểm soát ghi thiếu một bước bàn giao.';

/** Into one of the places of the group, which is folded away while one is elsewhere. */
async function go(page: Page, place: string): Promise<void> {
  await page.goto('/');
  await menu(page).locator('summary', { hasText: vi('common:nav.group.inspection') }).press('Enter');
  await menu(page).getByRole('link', { name: vi(`common:nav.${place}`), exact: true }).press('Enter');
}

test.describe('an inspection from its decision to its conclusion', () => {
  // Only what is finished here is drawn from.
  test.use({ settings: { MOTCUA_DEMO_HISTORY_DAYS: '0' } });

  test('is opened, drawn for, checked, followed until a finding is put right, and over with its days', async ({ office, people }) => {
    test.setTimeout(420_000);
    const { api } = office;
    for (let i = 0; i < 3; i++) await bringTo(api, await takeIn(api), 'returned');
    const head = await staff(api, 'thuly.cn');

    const director = await people.page('giamdoc', { at: office });
    const data = new Data(director);
    await go(director, 'inspections');
    await expect(director.getByText(text('list.none'))).toBeVisible();
    await director.getByRole('link', { name: text('list.open') }).press('Enter');
    await expect(heading(director)).toHaveText(text('new.title'));
    await expect(heading(director)).toBeFocused();
    const field = (name: string) => director.locator(`main [name=${name}]`);

    await test.step('what is missing is named beside its field', async () => {
      await director.getByRole('button', { name: text('new.send'), exact: true }).press('Enter');
      await expect(field('decision_on')).toBeFocused();
      await expect(field('head')).toHaveAttribute('aria-invalid', 'true');
      await lookAt(director, data, 'inspection-new');
    });

    await test.step('the director opens it by decision', async () => {
      await field('kind').selectOption('scheduled');
      await field('decision_number').fill('2997/QĐ-UBND');
      await field('decision_on').fill('2/3/2026');
      await field('decided_by').fill('Chủ tịch Ủy ban nhân dân thành phố');
      await field('subject').fill('Việc giải quyết và trả kết quả hồ sơ của phường');
      await director.getByRole('radio', { name: text('new.named'), exact: true }).check();
      await director.getByRole('checkbox', { name: WARD }).check();
      for (const [name, day] of [['period_from', '1/3/2026'], ['period_to', '2/3/2026'], ['access_from', '2/3/2026'], ['access_to', '6/3/2026']] as const) {
        await field(name).fill(day);
        await director.keyboard.press('Tab');
      }
      // Nobody of the ward that is looked at: the server says so beside the name.
      await field('head').selectOption(head.id);
      await field('member-1').selectOption((await staff(api, 'thuly.thd')).id);
      await field('subject').press('Control+Enter');
      await expect(field('member-1')).toHaveAttribute('aria-invalid', 'true');
      await expect(field('member-1')).toBeFocused();
      await field('member-1').selectOption((await staff(api, 'thanhtra')).id);
      await expect(field('member-2')).toBeVisible();
      await field('member-1').press('Control+Enter');
      await expect(heading(director)).toHaveText(text('one.byDecision', { number: '2997/QĐ-UBND' }));
      await expect(region(director, 'one.what')).toContainText(text('access.running_other', { count: '5', to: '06/03/2026' }));
      await expect(region(director, 'one.team')).toContainText(head.full_name);
      // Who opened it is not of the team: nothing to draw, nothing to take.
      await expect(region(director, 'samples.draw')).toHaveCount(0);
      await expect(region(director, 'record.title')).toHaveCount(0);
      await lookAt(director, data, 'inspection-opened');
    });
    const path = new URL(director.url()).pathname;

    const member = await people.page('thuly.cn', { at: office });
    const seen = new Data(member);
    await test.step('the head of the team draws a sample by a seed', async () => {
      await go(member, 'inspections');
      await member.getByRole('link', { name: '2997/QĐ-UBND' }).press('Enter');
      await expect(region(member, 'one.team')).toContainText(text('one.you'));
      const draw = region(member, 'samples.draw');
      await draw.locator('[name=margin]').fill('60');
      await draw.getByRole('button', { name: text('samples.send'), exact: true }).press('Enter');
      await expect(draw.locator('[name=margin]')).toBeFocused();
      await expect(draw.getByText(text('samples.marginWrong'))).toBeVisible();
      await draw.locator('[name=margin]').fill('5');
      await draw.locator('[name=sample_size]').fill('2');
      await draw.locator('[name=seed]').fill('2997-1');
      await lookAt(member, seen, 'inspection-member');
      await draw.locator('[name=seed]').press('Control+Enter');
      await expect(heading(member)).toHaveText(text('samples.openOne', { seed: '2997-1' }));
      await expect(region(member, 'sample.units').locator('tbody tr')).toHaveCount(2);
      await expect(region(member, 'sample.how')).toContainText(text('sample.fromPopulation', { size: '2', population: '3' }));
      await lookAt(member, seen, 'inspection-sample');
    });
    const sample = new URL(member.url()).pathname;

    await test.step('a dossier is read, and nothing can be done with it', async () => {
      await region(member, 'sample.units').getByRole('link').first().press('Enter');
      await expect(member.getByText(text('looking', { number: '2997/QĐ-UBND' }))).toBeVisible();
      await expect(panelOf(member)).toContainText(vi('actions:nothing'));
      await expect(panelOf(member).getByRole('button')).toHaveCount(0);
      await expect(member.getByRole('alert')).toHaveCount(0);
      await lookAt(member, seen, 'inspection-dossier');
    });
    const dossier = new URL(member.url());

    await test.step('what came of checking is entered by keyboard, once', async () => {
      await member.goto(sample);
      const units = region(member, 'sample.units');
      const check = async (place: string) => {
        await units.getByRole('button', { name: text('sample.checkOf', { place }), exact: true }).press('Enter');
        const dialog = member.getByRole('dialog', { name: text('check.title', { place }) });
        await expect(dialog.getByRole('radio').first()).toBeFocused();
        return dialog;
      };
      let dialog = await check('1');
      await member.keyboard.press('Control+Enter');
      await expect(dialog.getByText(text('check.choose'))).toBeVisible();
      await member.keyboard.press('Space');
      await member.keyboard.press('ArrowDown');
      await expect(dialog.getByRole('radio', { name: text('outcomes.finding'), exact: true })).toBeChecked();
      await member.keyboard.press('Control+Enter');
      await expect(dialog.locator('[name=note]')).toBeFocused();
      await expect(dialog.getByText(text('check.missing'))).toBeVisible();
      await lookAtAsItIs(member, 'inspection-check');
      await dialog.locator('[name=note]').fill(FOUND);
      await member.keyboard.press('Control+Enter');
      await expect(dialog).toHaveCount(0);
      await expect(member.getByText(text('sample.done', { place: '1', outcome: text('outcomes.finding') }))).toBeVisible();
      await expect(units.getByRole('button', { name: text('sample.checkOf', { place: '1' }), exact: true })).toHaveCount(0);
      dialog = await check('2');
      await member.keyboard.press('Space');
      await member.keyboard.press('Control+Enter');
      await expect(dialog).toHaveCount(0);
      await expect(region(member, 'sample.tally').getByRole('row').filter({ hasText: text('outcomes.in_order') })).toContainText('1');
      await units.locator('[name=outcome]').selectOption('finding');
      await expect(member).toHaveURL(/outcome=finding/);
      await expect(units.locator('tbody tr')).toHaveCount(1);
      await lookAt(member, seen, 'inspection-checked');
    });

    await test.step('a finding is made about it, for the ward to put right', async () => {
      await region(member, 'sample.units').getByRole('link', { name: text('sample.findingOf', { place: '1' }), exact: true }).press('Enter');
      await expect(heading(member)).toHaveText(text('newFinding.title'));
      const form = region(member, 'newFinding.form');
      await expect(form.locator('[name=authority_id] option:checked')).toHaveText(WARD);
      await form.locator('[name=kind]').selectOption('procedure');
      await form.locator('[name=text]').fill(FOUND);
      await form.locator('[name=asked]').fill('Ghi đủ các bước bàn giao; rà soát các hồ sơ cùng loại.');
      await form.locator('[name=asked]').press('Control+Enter');
      await expect(form.locator('[name=due_on]')).toBeFocused();
      await lookAt(member, seen, 'finding-new');
      await form.locator('[name=due_on]').fill('4/3/2026');
      await form.locator('[name=due_on]').press('Control+Enter');
      await expect(heading(member)).toHaveText(text('finding.title'));
      await expect(region(member, 'finding.steps').locator('ol > li')).toHaveCount(1);
    });
    const finding = new URL(member.url()).pathname;

    await test.step('the record is taken along for verifying outside', async () => {
      await member.goto(path);
      await expect(region(member, 'findings.ofInspection')).toContainText(FOUND);
      const coming = member.waitForEvent('download');
      await region(member, 'record.title').getByRole('button').press('Enter');
      const file = await coming;
      expect(file.suggestedFilename()).toBe('nhat-ky-kiem-tra-2997-QĐ-UBND.json');
      const record = JSON.parse(readFileSync(await file.path(), 'utf8')) as { links: { entry: unknown }[] };
      const entries = record.links.filter((l) => l.entry).length;
      expect(entries).toBeGreaterThan(0);
      await expect(region(member, 'record.title').getByRole('status')).toHaveText(
        text('record.done', { links: String(record.links.length), entries: String(entries) }),
      );
      await lookAt(member, seen, 'inspection-whole');
    });

    await test.step('the leader of the ward reports it as put right', async () => {
      const leader = await people.page('lanhdao.thd', { at: office });
      await go(leader, 'findings');
      await leader.getByRole('link', { name: FOUND }).press('Enter');
      const actions = region(leader, 'act.title');
      // Putting right is theirs; accepting and withdrawing is not.
      await expect(actions.getByRole('radio')).toHaveCount(0);
      await actions.locator('[name=note]').press('Control+Enter');
      await expect(actions.locator('[name=note]')).toHaveAttribute('aria-invalid', 'true');
      await actions.locator('[name=note]').fill('Đã ghi bổ sung, đã rà soát 12 hồ sơ.');
      await actions.locator('[name=document_number]').fill('45/BC-UBND');
      await actions.locator('[name=document_number]').press('Control+Enter');
      await expect(region(leader, 'finding.steps')).toContainText(text('finding.document', { number: '45/BC-UBND' }));
      await expect(actions).toHaveCount(0);
      await lookAt(leader, new Data(leader), 'finding-reported');
    });

    await test.step('the team sends it back, and accepts it at the second time', async () => {
      await member.goto(finding);
      const actions = region(member, 'act.title');
      await actions.getByRole('radio', { name: text('act.send_back'), exact: true }).check();
      await actions.locator('[name=note]').fill('Còn thiếu phiếu của hai hồ sơ.');
      await actions.locator('[name=note]').press('Control+Enter');
      await expect(region(member, 'finding.steps')).toContainText(text('finding.kinds.sent_back'));
      await actions.getByRole('radio', { name: text('act.prolong'), exact: true }).check();
      await actions.locator('[name=note]').fill('Chờ bổ sung phiếu');
      await actions.locator('[name=note]').press('Control+Enter');
      await expect(actions.locator('[name=due_on]')).toBeFocused();
      await actions.locator('[name=due_on]').fill('5/3/2026');
      await actions.locator('[name=due_on]').press('Control+Enter');
      await expect(region(member, 'finding.found')).toContainText('05/03/2026');
      await lookAt(member, seen, 'finding-prolonged');
      const { version } = await api.call<{ version: number }>('lanhdao.thd', 'GET', finding);
      await api.call('lanhdao.thd', 'POST', `${finding}/reports`, { note: 'Đã bổ sung đủ.' }, version);
      await member.reload();
      await actions.getByRole('radio', { name: text('act.accept'), exact: true }).check();
      await actions.getByRole('button', { name: text('act.send.accept'), exact: true }).press('Enter');
      await expect(region(member, 'finding.found')).toContainText(text('findingStates.closed'));
      await expect(actions).toHaveCount(0);
    });

    await test.step('the days are over: the team reads no dossier any more, and concludes', async () => {
      const ahead = await setClock(api, '2026-03-07T08:00:00+07:00');
      const late = await people.page('thuly.cn', { at: { url: office.url, ahead } });
      const told = new Data(late);
      await late.goto(dossier.pathname + dossier.search);
      await expect(late.getByRole('alert')).toBeVisible();
      await expect(late.getByText(text('looking', { number: '2997/QĐ-UBND' }))).toHaveCount(0);
      await late.goto(path);
      await expect(region(late, 'one.what')).toContainText(text('access.over', { to: '06/03/2026' }));
      await expect(region(late, 'samples.draw')).toHaveCount(0);
      await expect(region(late, 'record.title')).toHaveCount(0);
      const form = region(late, 'conclusion.form');
      await form.locator('[name=number]').fill('15/KL-ĐKT');
      await form.locator('[name=text]').fill('Hồ sơ được giải quyết cơ bản đúng quy định.');
      await form.locator('[name=text]').press('Control+Enter');
      await expect(form.locator('[name=concluded_on]')).toBeFocused();
      await form.locator('[name=concluded_on]').fill('7/3/2026');
      await form.locator('[name=concluded_on]').press('Control+Enter');
      await expect(region(late, 'conclusion.title')).toContainText('15/KL-ĐKT');
      await expect(form).toHaveCount(0);
      await lookAt(late, told, 'inspection-concluded');
      await late.getByRole('link', { name: text('one.back') }).press('Enter');
      await expect(late.getByRole('row').filter({ hasText: '2997/QĐ-UBND' })).toContainText(text('access.short.concluded'));
    });
  });
});

test('an inspection is ended before its last day, and its team looks no more', async ({ office, people }) => {
  test.setTimeout(180_000);
  const { api } = office;
  const { items } = await api.call<{ items: { id: string; code: string }[] }>('tiepnhan', 'GET', '/authorities');
  const made = await api.call<{ id: string }>('giamdoc', 'POST', '/inspections', {
    kind: 'unannounced',
    subject: 'Kiểm tra việc niêm yết',
    decision_number: '31/QĐ-TT',
    decision_on: '2026-03-02',
    decided_by: 'Giám đốc Trung tâm',
    authority_ids: items.filter((a) => a.code === 'thd').map((a) => a.id),
    period_from: '2026-02-01',
    period_to: '2026-03-02',
    access_from: '2026-03-02',
    access_to: '2026-03-06',
    members: [{ user_id: (await staff(api, 'thuly.cn')).id, head: true }],
  });
  const member = await people.page('thuly.cn', { at: office });
  const data = new Data(member);
  await member.goto(`/inspections/${made.id}`);
  await member.getByRole('link', { name: text('one.dossiers') }).press('Enter');
  await expect(heading(member)).toHaveText(text('dossiers.title'));
  await expect(member.locator('tbody tr').first()).toBeVisible();
  await lookAt(member, data, 'inspection-dossiers');
  await member.getByRole('link', { name: text('dossiers.back') }).press('Enter');
  await member.getByRole('button', { name: text('ending.open') }).press('Enter');
  const dialog = member.getByRole('dialog', { name: text('ending.ask') });
  await expect(dialog.locator('[name=reason]')).toBeFocused();
  await member.keyboard.press('Control+Enter');
  await expect(dialog.locator('[name=reason]')).toHaveAttribute('aria-invalid', 'true');
  await lookAtAsItIs(member, 'inspection-end');
  await dialog.locator('[name=reason]').fill('Đoàn hoàn thành sớm');
  await member.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);
  await expect(region(member, 'one.what')).toContainText(text('access.ended'));
  await expect(member.getByRole('link', { name: text('one.dossiers') })).toHaveCount(0);

  // For those who are looked at it is not there.
  const ward = await people.page('thuly.thd', { at: office });
  await ward.goto(`/inspections/${made.id}`);
  await expect(ward.getByRole('alert')).toBeVisible();
});

test('a commendation rests on what is there, is read by whom it is about, and is revoked by decision', async ({ office, people }) => {
  test.setTimeout(240_000);
  const { api } = office;
  const dossier = await bringTo(api, await takeIn(api), 'completed');
  const handler = await staff(api, 'thuly.thd');
  const director = await people.page('giamdoc', { at: office });
  const data = new Data(director);
  await go(director, 'conductRecords');
  await expect(region(director, 'conduct.items').locator('tbody tr')).toHaveCount(1);
  await lookAt(director, data, 'conduct-records');
  await director.getByRole('link', { name: text('conduct.new') }).press('Enter');
  await expect(heading(director)).toHaveText(text('newConduct.title'));
  const field = (name: string) => director.locator(`main [name=${name}]`);
  await field('officer_id').selectOption(handler.id);
  await field('form').fill('Giấy khen');
  await field('decision_number').fill('91/QĐ-TT');
  await field('decision_on').fill('2/3/2026');
  await field('decided_by').fill('Giám đốc Trung tâm Phục vụ hành chính công');
  await field('reason').fill('12/BB-UBND');
  await field('reason').press('Control+Enter');
  // Nothing proves it yet.
  await expect(field('evidence_kind')).toBeFocused();
  await lookAt(director, data, 'conduct-new');
  await field('evidence_code').fill('KHONG-CO');
  await field('evidence_code').press('Enter');
  await expect(director.getByText(text('evidence.unknown'))).toBeVisible();
  await field('evidence_code').fill((dossier.code ?? '').toLowerCase());
  await field('evidence_code').press('Enter');
  const chosen = director.getByRole('list', { name: text('evidence.list') });
  await expect(chosen).toContainText(dossier.code ?? '');
  await field('evidence_kind').selectOption('finding');
  await expect(field('evidence_finding').locator('option')).toHaveCount(3);
  await field('evidence_finding').selectOption({ index: 1 });
  await director.getByRole('button', { name: text('evidence.add'), exact: true }).press('Enter');
  await expect(chosen.getByRole('listitem')).toHaveCount(2);
  await lookAt(director, data, 'conduct-evidence');
  await field('reason').press('Control+Enter');
  await expect(heading(director)).toHaveText(text('conductKinds.commendation'));
  await expect(director.getByRole('main')).toContainText(dossier.code ?? '');
  await lookAt(director, data, 'conduct-record');

  const own = await people.page('thuly.thd', { at: office });
  await own.goto('/');
  await own.getByRole('link', { name: text('own.link'), exact: true }).press('Enter');
  await expect(heading(own)).toHaveText(text('own.title'));
  await expect(own.getByRole('main')).toContainText(dossier.code ?? '');
  await lookAt(own, new Data(own), 'own-records');
  // Nobody else of the ward reads what no decision made public.
  const colleague = await people.page('tiepnhan', { at: office });
  await go(colleague, 'conductRecords');
  await expect(colleague.getByText(text('conduct.none'))).toBeVisible();

  const revoke = region(director, 'revoke.form');
  await revoke.locator('[name=decision_number]').fill('92/QĐ-TT');
  await revoke.locator('[name=decision_on]').fill('2/3/2026');
  await revoke.locator('[name=reason]').fill('Ghi nhầm người.');
  await revoke.locator('[name=reason]').press('Control+Enter');
  await expect(revoke).toHaveCount(0);
  await expect(director.getByRole('main')).toContainText(text('conduct.revoked'));
  await own.reload();
  await expect(own.getByRole('main')).toContainText(text('conduct.revoked'));
});

test('the desk of findings has what is overdue first, and is narrowed by keyboard', async ({ office, people }) => {
  const page = await people.page('thanhtra', { at: office });
  const data = new Data(page);
  await go(page, 'findings');
  const rows = region(page, 'findings.items').locator('tbody tr');
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText(text('findings.late', { date: '28/02/2026' }));
  await lookAt(page, data, 'findings');
  await page.getByLabel(label('inspection:findings.only')).selectOption('settled');
  await expect(page).toHaveURL(/only=settled/);
  await expect(rows).toHaveCount(1);
  await page.getByLabel(label('inspection:findings.only')).selectOption('');
  await page.getByRole('checkbox', { name: text('findings.mine') }).press('Space');
  await expect(page.getByText(text('findings.noneFound'))).toBeVisible();
});
