import type { Page } from '@playwright/test';
import type { Api, Dossier } from '../support/api.ts';
import { Data } from '../support/checks.ts';
import { act, lookAt, openForm, panelOf, sendForm } from '../support/panel.ts';
import { bringTo, takeIn, type Stage } from '../support/scene.ts';
import { expect, test, type People } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

/** A dossier at this stage, over the API. */
const at = async (api: Api, stage: Stage) => bringTo(api, await takeIn(api), stage);

/** Its page, as `who` sees it, and what the server has said there. */
async function pageOf(people: People, who: string, { id }: Dossier): Promise<{ page: Page; data: Data }> {
  const page = await people.page(who);
  const data = new Data(page);
  await page.goto(`/dossiers/${id}`);
  await expect(panelOf(page)).toBeVisible();
  return { page, data };
}

const turns = (page: Page) => page.getByRole('region', { name: vi('dossier:turns.title') });
const story = (page: Page) => page.getByRole('region', { name: vi('dossier:timeline.title') }).getByRole('listitem');

test('a leader apologises with a new date: once, later, and the first date stays in sight', async ({ people, api }) => {
  test.setTimeout(180_000);
  const { page, data } = await pageOf(people, 'lanhdao.thd', await at(api, 'processing'));
  const panel = await openForm(page, 'extensions');
  await expect(panel).toContainText('17:30, thứ Năm 05/03/2026');
  await expect(panel).toContainText(vi('actions:extend.law'));
  await lookAt(page, data, 'turn-extension-form');

  const date = panel.getByLabel(label('actions:extend.new'));
  await panel.getByLabel(label('actions:extend.reason')).fill('Cơ quan phối hợp chưa trả lời xác minh.');
  await panel.getByLabel(vi('dossier:lateReason.other_agency')).check();
  await date.fill('05/03/2026');
  await date.press('Enter');
  await expect(panel.getByText(vi('common:dateTooEarly', { date: '06/03/2026' }))).toBeVisible();
  await expect(page.getByText('17:30, thứ Năm 05/03/2026').first()).toBeVisible();

  // A Saturday: only the server knows the calendar, and its refusal stands beside the field.
  await date.fill('07/03/2026');
  await panel.getByRole('button', { name: vi('actions:extend.send'), exact: true }).click();
  await expect(panel.getByText('Ngày hẹn mới phải là ngày làm việc.').first()).toBeVisible();

  await date.fill('09/03/2026');
  await sendForm(page, 'extensions', 'extend.send');
  const time = page.getByRole('region', { name: vi('dossier:time.title') });
  await expect(time).toContainText('17:30, thứ Hai 09/03/2026');
  await expect(time).toContainText(/05\/03\/2026/);
  await expect(turns(page)).toContainText(/05\/03\/2026.*09\/03\/2026/);
  await expect(turns(page)).toContainText('Cơ quan phối hợp chưa trả lời xác minh.');
  await expect(story(page).first()).toContainText(vi('dossier:event.due_date_extended'));
  await expect(panel.getByRole('button', { name: vi('actions:name.extensions') })).toHaveCount(0);
  await lookAt(page, data, 'turn-extension');
});

test('a handler asks another body’s opinion and records the reply; the clock runs on', async ({ people, api }) => {
  test.setTimeout(180_000);
  const { page, data } = await pageOf(people, 'thuly.thd', await at(api, 'processing'));
  const panel = await openForm(page, 'consultations');
  await lookAt(page, data, 'turn-consultation-form');
  await panel.getByLabel(label('actions:consult.body')).fill('Công an phường Cửa Nam');
  await panel.getByLabel(label('actions:consult.replyBy')).fill('4/3/2026');
  await panel.getByLabel(label('actions:consult.question')).fill('Đề nghị xác minh nơi thường trú trước năm 2021.');
  await sendForm(page, 'consultations', 'consult.send');

  await expect(page.getByText(vi('dossier:subState.awaiting_consultation')).first()).toBeVisible();
  await expect(turns(page)).toContainText('Công an phường Cửa Nam');
  await expect(turns(page)).toContainText('Đề nghị xác minh nơi thường trú trước năm 2021.');
  await expect(turns(page)).toContainText(vi('dossier:turns.replyBy', { date: '04/03/2026' }));
  await expect(page.getByText(vi('dossier:timing.paused'))).toHaveCount(0);
  await lookAt(page, data, 'turn-consultation');

  await act(page, 'consultation-replies', 'reply.send', async () => {
    await expect(panel).toContainText('Đề nghị xác minh nơi thường trú trước năm 2021.');
    await panel.getByLabel(label('actions:reply.reply')).fill('Công văn số 112/CAP: xác nhận có đăng ký thường trú.');
  });
  await expect(page.getByText(vi('dossier:state.processing')).first()).toBeVisible();
  await expect(turns(page)).toHaveCount(0);
  await expect(story(page).first()).toContainText(vi('dossier:event.consultation_answered'));
});

test('a leader holds a dossier on a legal ground, finds it among those on hold, and lets it go on', async ({
  people,
  api,
}) => {
  test.setTimeout(180_000);
  const dossier = await at(api, 'processing');
  const { page, data } = await pageOf(people, 'lanhdao.thd', dossier);
  const panel = await openForm(page, 'holds');
  await expect(panel).toContainText(vi('actions:hold.law'));
  await lookAt(page, data, 'turn-hold-form');
  await panel.getByLabel(label('actions:reason')).fill('Đang có tranh chấp được Tòa án thụ lý.');
  await panel.getByLabel(label('actions:legalGround')).fill('Điểm d khoản 1 Điều 214 Bộ luật Tố tụng dân sự');
  await sendForm(page, 'holds', 'hold.send');
  await expect(page.getByText(vi('dossier:state.on_hold')).first()).toBeVisible();
  await expect(page.getByText(vi('dossier:timing.paused')).first()).toBeVisible();
  await expect(turns(page)).toContainText('Đang có tranh chấp được Tòa án thụ lý.');
  await expect(turns(page)).toContainText('Điểm d khoản 1 Điều 214 Bộ luật Tố tụng dân sự');
  await lookAt(page, data, 'turn-hold');

  await page.goto('/');
  await page.getByRole('button', { name: vi('dossier:workList.onHold') }).click();
  await page.getByRole('link', { name: dossier.code ?? '' }).click();
  await act(page, 'resumptions', 'resume.send', async () => {
    await panel.getByLabel(label('actions:reason')).fill('Tòa án đã đình chỉ giải quyết.');
  });
  await expect(page.getByText(vi('dossier:state.processing')).first()).toBeVisible();
  await expect(page.getByText(vi('dossier:timing.paused'))).toHaveCount(0);
  await expect(story(page).first()).toContainText('Tòa án đã đình chỉ giải quyết.');
});

test('a handler asks for a payment; the cashier finds it waiting and settles it', async ({ people, api }) => {
  test.setTimeout(180_000);
  const dossier = await at(api, 'processing');
  const { page: handler, data } = await pageOf(people, 'thuly.thd', dossier);
  const panel = await openForm(handler, 'payment-requests');
  const amount = panel.getByLabel(label('actions:paymentRequest.amount'));
  await amount.pressSequentially('1050000');
  await expect(amount).toHaveValue('1.050.000');
  // One digit corrected in the middle: the cursor stays where it is typed.
  for (let i = 0; i < 5; i++) await amount.press('ArrowLeft');
  await amount.press('Backspace');
  await amount.press('2');
  await expect(amount).toHaveValue('1.020.000');
  await lookAt(handler, data, 'turn-payment-form');
  await panel.getByLabel(label('actions:paymentRequest.reason')).fill('Thông báo lệ phí trước bạ số 45/TB.');
  await sendForm(handler, 'payment-requests', 'paymentRequest.send');
  await expect(handler.getByText(vi('dossier:state.payment_required')).first()).toBeVisible();
  await expect(turns(handler)).toContainText(/1\.020\.000\sđ/);
  await expect(turns(handler)).toContainText(vi('dossier:turns.unpaid'));
  await lookAt(handler, data, 'turn-payment');

  const cashier = await people.page('thungan');
  const seen = new Data(cashier);
  await cashier.goto('/');
  await expect(cashier.getByRole('button', { name: vi('dossier:workList.awaitingPayment') })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await cashier.getByRole('link', { name: dossier.code ?? '' }).click();
  const till = await openForm(cashier, 'payments');
  await expect(till).toContainText(/1\.020\.000\sđ/);
  await lookAt(cashier, seen, 'turn-payment-settling');
  await till.getByLabel(label('actions:payment.reference.paid')).fill('Biên lai số 0000123');
  await sendForm(cashier, 'payments', 'payment.send.paid');
  await expect(cashier.getByText(vi('dossier:state.processing')).first()).toBeVisible();
  await expect(turns(cashier)).toContainText(/đã nộp/i);
  await expect(story(cashier).first()).toContainText('Biên lai số 0000123');
  // The handler's page follows by itself.
  await expect(turns(handler)).toContainText(/đã nộp/i);
});

test('a leader takes back a hand-over that was a slip, and both stay in the story', async ({ people, api }) => {
  test.setTimeout(180_000);
  const { page, data } = await pageOf(people, 'lanhdao.thd', await at(api, 'awaiting_signature'));
  const panel = await openForm(page, 'undos');
  await expect(panel).toContainText(vi('dossier:event.handed_over'));
  await panel.getByLabel(label('actions:reason')).fill('Bấm nhầm hồ sơ.');
  await sendForm(page, 'undos', 'undo.send');
  await expect(page.getByText(vi('dossier:state.processing')).first()).toBeVisible();
  await expect(panel.getByRole('button', { name: vi('actions:name.undos'), exact: true })).toHaveCount(0);
  await expect(story(page).first()).toContainText(vi('dossier:event.undone'));
  await expect(story(page).first()).toContainText('Bấm nhầm hồ sơ.');
  await expect(story(page).filter({ hasText: vi('dossier:event.handed_over') }).first()).toBeVisible();
  await lookAt(page, data, 'turn-undone');
});

test('a dossier of another ward goes on there, and each of the two leads to the other', async ({ people, api }) => {
  test.setTimeout(180_000);
  const taken = await at(api, 'accepted');
  const { page, data } = await pageOf(people, 'tiepnhan', taken);
  const panel = await openForm(page, 'transfers');
  await lookAt(page, data, 'turn-transfer-form');
  await panel.getByLabel(label('actions:transfer.to')).selectOption({ label: 'Ủy ban nhân dân phường Cửa Nam' });
  await panel.getByLabel(label('actions:reason')).fill('Nơi thường trú thuộc phường Cửa Nam.');
  await sendForm(page, 'transfers', 'transfer.send');
  await expect(turns(page)).toContainText(vi('dossier:turns.goesOn', { authority: 'Ủy ban nhân dân phường Cửa Nam' }).trim());
  await lookAt(page, data, 'turn-transferred-here');
  await turns(page).getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(taken.code ?? '');
  await expect(turns(page)).toContainText(vi('dossier:turns.came'));
  await expect(turns(page).getByRole('link')).toHaveText(taken.code ?? '');
  await expect(page.getByText(vi('dossier:state.accepted')).first()).toBeVisible();
  await lookAt(page, data, 'turn-transfer-leg');
});

test('the ends without a result, and a correction, say why and by what right', async ({ people, api }) => {
  test.setTimeout(180_000);
  const stopped = await api.act('lanhdao.thd', await at(api, 'processing'), 'stops', {
    reason: 'Người yêu cầu đã chết trong quá trình giải quyết.',
    legal_ground: 'Điểm a khoản 1 Điều 217 Bộ luật Tố tụng dân sự',
  });
  const transferred = await api.act('tiepnhan', await at(api, 'accepted'), 'transfers', {
    to: 'Ủy ban nhân dân phường Hoàn Kiếm',
    reason: 'Nơi thường trú thuộc phường Hoàn Kiếm.',
  });
  const correcting = await api.act('lanhdao.thd', await at(api, 'returned'), 'corrections', {
    reason: 'Sai ngày sinh của người được cấp.',
  });
  for (const [name, dossier, words] of [
    ['stopped', stopped, ['Người yêu cầu đã chết', 'Điều 217', vi('dossier:ending.stop')]],
    ['transferred', transferred, ['Ủy ban nhân dân phường Hoàn Kiếm', vi('dossier:ending.transfer')]],
    ['correcting', correcting, ['Sai ngày sinh của người được cấp.', vi('dossier:turns.correcting')]],
  ] as const) {
    const { page, data } = await pageOf(people, 'lanhdao.thd', dossier);
    for (const word of words) await expect(turns(page)).toContainText(word);
    await lookAt(page, data, `turn-${name}`);
  }
  const { page } = await pageOf(people, 'thuly.thd', correcting);
  await act(page, 'results', 'result.send', async () => {
    await panelOf(page).getByLabel(label('actions:result.summary')).fill('Giấy xác nhận đã đính chính ngày sinh');
  });
  await expect(turns(page)).toContainText(vi('dossier:turns.corrected'));
  await expect(story(page).first()).toContainText(vi('dossier:event.result_corrected'));
});
