import { Data } from '../support/checks.ts';
import { PASSWORD } from '../support/api.ts';
import { lookAt, openForm, panelOf, sendForm } from '../support/panel.ts';
import { bringTo, takeIn } from '../support/scene.ts';
import { expect, test } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

test('a handler sees who has a dossier and until when, and takes it over with a reason that stands on record', async ({
  people,
  api,
}) => {
  test.setTimeout(120_000);
  const ward = await api.ward('thd');
  await api.call('admin', 'POST', '/users', {
    username: 'thuly2.thd',
    full_name: 'Ngô Thu Trang',
    title: 'Công chức',
    password: PASSWORD,
    must_change_password: false,
    roles: [{ role: 'handler', authority_id: ward.id }],
  });
  const dossier = await bringTo(api, await takeIn(api), 'processing');
  const page = await people.page('thuly2.thd');
  const data = new Data(page);
  await page.goto(`/dossiers/${dossier.id}`);
  const holder = dossier.handler?.full_name ?? 'nobody';
  await expect(page.getByText(new RegExp(`Do ${holder} đang xử lý, đến \\d\\d:\\d\\d`)).first()).toBeVisible();
  // What would be refused is not offered.
  await expect(panelOf(page).getByRole('button', { name: vi('actions:name.consultations'), exact: true })).toHaveCount(0);

  const panel = await openForm(page, 'claims');
  await expect(panel).toContainText(holder);
  await lookAt(page, data, 'claim-takeover-form');
  await panel.getByLabel(label('actions:claim.takeoverReason')).fill('Người đang xử lý nghỉ ốm, hồ sơ hẹn trả trong ngày.');
  await sendForm(page, 'claims', 'claim.takeover');
  await expect(page.getByText(/Do Ngô Thu Trang đang xử lý, đến \d\d:\d\d/).first()).toBeVisible();
  const story = page.getByRole('region', { name: vi('dossier:timeline.title') });
  await expect(story).toContainText(vi('dossier:timeline.takenOverFrom', { name: holder }));
  await expect(story).toContainText('hồ sơ hẹn trả trong ngày.');

  await page.goto('/');
  await page.getByRole('button', { name: /Đang giải quyết/ }).click();
  await expect(page.getByText(/Do Ngô Thu Trang đang xử lý, đến \d\d:\d\d/).first()).toBeVisible();
  await lookAt(page, data, 'work-claimed');
});
