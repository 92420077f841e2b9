import { Data } from '../support/checks.ts';
import { lookAt } from '../support/panel.ts';
import { takeIn } from '../support/scene.ts';
import { ahead, expect, test } from '../support/test.ts';
import { english, vi } from '../support/words.ts';

// These set the clock of everybody on: they run after all the others (playwright.config.ts), one by one.
test.describe.configure({ mode: 'serial' });

test('the session is renewed in silence after the access token has run out', async ({ people, api }) => {
  const page = await people.page('giamdoc');
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('dossier:work.title'));
  await api.forward(11, ahead());
  const renewed = page.waitForResponse((r) => r.url().endsWith('/auth/refresh') && r.ok());
  await page.getByRole('link', { name: vi('common:nav.dossiers') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('dossier:list.title'));
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await renewed;
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('signing out after a long pause ends the session at the server too', async ({ people, api }) => {
  const page = await people.page('thanhtra');
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('dossier:work.title'));
  // What the page asks for by itself would renew the session before the button is pressed, now and then.
  await page.route(
    (url) => url.pathname.startsWith('/api/v1/') && !url.pathname.startsWith('/api/v1/auth/'),
    () => {
      // Left waiting: an error would be shown.
    },
  );
  await api.forward(22, ahead());
  const answers: number[] = [];
  page.on('response', (r) => r.url().endsWith('/auth/logout') && answers.push(r.status()));
  await page.getByRole('button', { name: vi('account:signOut'), exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect.poll(() => answers).toEqual([401, 204]);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.goto('/');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('a step that takes too long is told apart from the promise, and a complete supplement begins both anew', async ({
  people,
  api,
}) => {
  test.setTimeout(180_000);
  // No other test asks for this procedure.
  const code = '1.004884';
  const known = await api.call<{ version: number }>('admin', 'GET', `/procedures/${code}`);
  const path = `/procedures/${code}/versions/${known.version}`;
  const { procedure } = await api.call<{ procedure: object }>('admin', 'GET', path);
  const draft = await api.call<{ id: string; version: number }>('admin', 'POST', '/procedure-drafts', {
    base_version: known.version,
    procedure: {
      ...procedure,
      in_force_from: '2026-03-02',
      announcing_decision: { number: '17/QĐ-UBND', date: '2026-02-27' },
      workflow: {
        decision: { number: '663/QĐ-UBND', date: '2026-02-10' },
        steps: [
          { id: 'tiep_nhan', name: 'Tiếp nhận, chuyển hồ sơ', desk: 'reception', minutes: 60 },
          { id: 'tham_dinh', name: 'Thẩm định hồ sơ', desk: 'handler', minutes: 600 },
          { id: 'du_thao', name: 'Dự thảo kết quả', desk: 'handler', minutes: 240 },
          { id: 'ky_duyet', name: 'Ký duyệt', desk: 'leader', minutes: 240 },
        ],
      },
    },
  });
  await api.call('admin', 'POST', `/procedure-drafts/${draft.id}/publications`, {}, draft.version);
  let dossier = await takeIn(api, { procedure: code, components: ['to_khai', 'ban_sao_giay_to'] });
  const due = dossier.due_at;

  // It stays at reception for longer than the hour it has there.
  await api.forward(24 * 60 + 30, ahead());
  const page = await people.page('thuly.thd');
  const data = new Data(page);
  await page.goto('/dossiers?concern=step_late');
  await expect(page.getByRole('row').filter({ hasText: dossier.code ?? '' })).toHaveCount(1);
  await lookAt(page, data, 'dossiers-step-late');
  await page.goto(`/dossiers/${dossier.id}`);
  const card = page.getByRole('region', { name: vi('dossier:workflow.title'), exact: true });
  await expect(card.getByText(vi('dossier:workflow.late'), { exact: true })).toBeVisible();
  await expect(card).toContainText(/phải xong trước 10:\d\d\s02\/03\/2026/);
  // The citizen's date is kept all the same.
  await expect(page.getByText(/^Còn 4 ngày làm việc/).first()).toBeVisible();
  await lookAt(page, data, 'dossier-step-late');
  await page.goto('/deadlines');
  await expect(page.getByRole('link', { name: new RegExp(vi('dossier:concern.step_late')) }).first()).toBeVisible();
  await lookAt(page, data, 'deadlines-step-late');

  dossier = await api.act('tiepnhan', dossier, 'handovers', { to: 'handler' });
  const hid = dossier.open_handover?.id;
  dossier = await api.act('thuly.thd', dossier, `handovers/${hid}/acknowledgements`, { accepted: true });
  expect(dossier.due_at).toBe(due);
  await api.forward(25 * 60, ahead());
  dossier = await api.act('thuly.thd', dossier, 'supplement-requests', {
    items: ['Bản sao giấy khai sinh cũ'],
    reason: 'Bản sao nộp kèm không đọc được.',
  });
  await page.goto(`/dossiers/${dossier.id}`);
  await expect(card.getByText(vi('dossier:workflow.paused'))).toBeVisible();
  await api.forward(48 * 60, ahead());
  dossier = await api.act('tiepnhan', dossier, 'supplements');
  // The session of two days ago is over.
  const again = await people.page('thuly.thd');
  const seen = new Data(again);
  await again.goto(`/dossiers/${dossier.id}`);
  await expect(again.getByRole('region', { name: vi('dossier:workflow.title'), exact: true })).toContainText('tính lại từ đầu khi nhận đủ bổ sung');
  const line = again.getByRole('region', { name: vi('dossier:line.title'), exact: true });
  const restarted = line.getByRole('img').locator('text').filter({ hasText: vi('dossier:line.marks.restarted') });
  await expect(restarted).toContainText('04/03');
  await expect(line.getByText(vi('dossier:line.legend.runOver'), { exact: true })).toBeVisible();
  await line.getByText(vi('dossier:line.asTable')).press('Enter');
  await expect(line.getByRole('row').filter({ hasText: vi('dossier:line.marks.restarted') })).toHaveCount(1);
  const first = line.getByRole('row').filter({ hasText: 'Bước 1, Tiếp nhận, chuyển hồ sơ' });
  await expect(first).toContainText(vi('dossier:workflow.late'));
  await lookAt(again, seen, 'dossier-limit-anew');
});

test('what was not supplied in time is refused by the program, and the history says that it was the program', async ({
  people,
  api,
}) => {
  test.setTimeout(120_000);
  const filed = await takeIn(api, { mode: 'check' });
  const asked = await api.act('tiepnhan', filed, 'supplement-requests', {
    items: ['Bản sao trích lục ly hôn'],
    reason: 'Chưa có giấy tờ chứng minh việc ly hôn.',
  });
  // It is filed on the third day.
  await api.forward((2 + 32) * 24 * 60, ahead());
  await expect
    .poll(async () => (await api.get('tiepnhan', asked.id)).state, { timeout: 60_000 })
    .toBe('refused_at_intake');
  const page = await people.page('tiepnhan');
  await page.goto(`/dossiers/${asked.id}`);
  const last = page.locator('section[aria-labelledby=timeline-title] ol > li').first();
  await expect(last).toContainText(vi('dossier:event.refused_at_intake'));
  await expect(last).toContainText(`· ${vi('dossier:timeline.system')}`);
  await page.getByRole('button', { name: 'English' }).press('Enter');
  await expect(last).toContainText(`· ${english.get('dossier:timeline.system')}`);
  await page.goto('/deadlines');
  await expect(page.getByRole('region', { name: english.get('watch:alarms.title') ?? '' })).toContainText(
    english.get('dossier:concern.supplement_lapsed') ?? '',
  );
});
