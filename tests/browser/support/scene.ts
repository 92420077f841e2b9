import { Api, type Dossier } from './api.ts';

/** Sixty letters, as a name may have. */
export const LONG_NAME = 'Công Tằng Tôn Nữ Hoàng Phương Quỳnh Trâm Anh Thục Đoan Trang';

/** Stages of a dossier's life, each reached from the one before. */
const path = ['accepted', 'given', 'processing', 'awaiting_signature', 'decided', 'completed', 'returned'] as const;
export type Stage = (typeof path)[number];

/** One dossier in each of these conditions, at ward Trần Hưng Đạo. */
export interface Scene {
  dossiers: Record<Stage | 'submitted' | 'supplement_requested' | 'withdrawal_requested' | 'refused' | 'apology_drafted', Dossier>;
}

export interface Intake {
  name?: string;
  identity?: string;
  procedure?: string;
  components?: string[];
  ward?: 'thd' | 'cn' | 'ht';
  mode?: 'accept' | 'check';
  /** The visit it belongs to, when one person files several. */
  visit?: string;
}

/** Takes in a dossier over the API. */
export async function takeIn(api: Api, what: Intake = {}): Promise<Dossier> {
  const ward = await api.ward(what.ward ?? 'thd');
  const components = what.components ?? ['to_khai'];
  return api.call('tiepnhan', 'POST', '/dossiers', {
    procedure_code: what.procedure ?? '1.004873',
    authority_id: ward.id,
    channel: 'counter',
    intake_mode: what.mode ?? 'accept',
    owner: {
      kind: 'citizen',
      full_name: what.name ?? 'Trịnh Thị Quỳnh Như',
      identity_number: what.identity ?? '001190004321',
      birth_date: '1990-07-21',
      phone: '0912345678',
      address: 'Số 12 phố Trần Bình Trọng, phường Trần Hưng Đạo, Hà Nội',
    },
    components: components.map((component_id) => ({
      component_id,
      originals: 1,
      certified_copies: 0,
      photocopies: 1,
    })),
    copies_count: 1,
    visit_id: what.visit,
    result_delivery: { method: 'counter' },
  });
}

/** Takes a dossier that is at `from` on to `stage`, each step by the officer whose it is. */
export async function bringTo(
  api: Api,
  dossier: Dossier,
  stage: Stage,
  ward = 'thd',
  from: Stage = 'accepted',
): Promise<Dossier> {
  const handler = `thuly.${ward}`;
  const leader = `lanhdao.${ward}`;
  const steps: Record<Stage, (d: Dossier) => Promise<Dossier>> = {
    accepted: (d) => Promise.resolve(d),
    given: (d) => api.act('tiepnhan', d, 'handovers', { to: 'handler', pages: 3 }),
    processing: (d) =>
      api.act(handler, d, `handovers/${d.open_handover?.id}/acknowledgements`, { accepted: true }),
    awaiting_signature: (d) =>
      api.act(handler, d, 'handovers', { to: 'leader', note: 'Đủ điều kiện, kính trình ký.' }),
    decided: (d) => api.act(leader, d, 'decisions', { outcome: 'grant' }),
    completed: (d) =>
      api.act(handler, d, 'results', {
        number: '18/XN-UBND',
        issued_on: '2026-03-02',
        summary: 'Giấy xác nhận tình trạng hôn nhân',
      }),
    returned: (d) =>
      api.act('traketqua', d, 'returns', {
        collector: {
          full_name: 'Trịnh Thị Quỳnh Như',
          identity_number: '001190004321',
          relation: 'owner',
          method: 'counter',
        },
        originals_returned: true,
      }),
  };
  let now = dossier;
  for (const step of path.slice(path.indexOf(from) + 1, path.indexOf(stage) + 1)) now = await steps[step](now);
  return now;
}

export async function setTheScene(url: string): Promise<Scene> {
  const api = new Api(url);
  const at = async (stage: Stage) => bringTo(api, await takeIn(api), stage);
  const processing = () => at('processing');
  return {
    dossiers: {
      accepted: await at('accepted'),
      given: await at('given'),
      processing: await at('processing'),
      awaiting_signature: await at('awaiting_signature'),
      decided: await at('decided'),
      completed: await at('completed'),
      returned: await at('returned'),
      submitted: await takeIn(api, { mode: 'check' }),
      refused: await api.act('tiepnhan', await takeIn(api, { mode: 'check' }), 'refusals', {
        reason_code: 'not_competent',
        reason: 'Việc này thuộc thẩm quyền của Ủy ban nhân dân nơi đăng ký thường trú trước đây.',
      }),
      supplement_requested: await api.act('thuly.thd', await processing(), 'supplement-requests', {
        items: ['Bản sao trích lục ly hôn', 'Tờ khai có chữ ký của người yêu cầu'],
        reason: 'Tờ khai chưa ký; chưa có giấy tờ chứng minh việc ly hôn.',
      }),
      apology_drafted: await api.act('thuly.thd', await processing(), 'apologies', {
        new_due_on: '2026-03-09',
        reason_code: 'other_agency',
        reason: 'Cơ quan phối hợp chưa trả lời xác minh nơi thường trú trước đây của người yêu cầu.',
      }),
      withdrawal_requested: await api.act('tiepnhan', await processing(), 'withdrawals', {
        reason: 'Công dân không còn nhu cầu.',
      }),
    },
  };
}
