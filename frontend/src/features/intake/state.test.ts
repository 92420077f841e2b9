import { describe, expect, it } from 'vitest';
import type { CitizenCard, Procedure } from '@/shared/api/types';
import { readForm } from './kept';
import { emptyForm, fillFromCard, missingPapers, toNewDossier, typeInto } from './state';

const card = {
  identity_number: '001084012345',
  full_name: 'Nguyễn Đức An',
  birth_date: '1984-03-09',
  address: 'Số 5 Hàng Bài',
  warnings: [],
} as CitizenCard;

const procedure = {
  code: '1.001193',
  components: [
    { id: 'a', name: 'Tờ khai', required: true },
    { id: 'b', name: 'Giấy chứng sinh', required: true },
    { id: 'c', name: 'Văn bản ủy quyền', required: false },
  ],
  flags: { on_the_spot: false },
} as Procedure;

describe('the intake form', () => {
  it('says which fields the card filled and which were typed', () => {
    let person = fillFromCard(emptyForm().owner, card);
    expect(person.values.birth_date).toBe('09/03/1984');
    expect(person.sources).toEqual({
      identity_number: 'card',
      full_name: 'card',
      birth_date: 'card',
      address: 'card',
    });
    person = typeInto(person, 'address', 'Số 7 Hàng Bài');
    expect(person.sources.address).toBe('typed');
    expect(typeInto(person, 'address', '').sources.address).toBeUndefined();
  });

  it('keeps a typed phone when a card is read', () => {
    const person = fillFromCard(typeInto(emptyForm().owner, 'phone', '0912345678'), card);
    expect(person.values.phone).toBe('0912345678');
    expect(person.sources.phone).toBe('typed');
  });

  it('names the required papers that are missing', () => {
    const counts = { a: { originals: 1, certified_copies: 0, photocopies: 0 } };
    expect(missingPapers(procedure.components, counts)).toEqual(['Giấy chứng sinh']);
  });

  it('sends ISO dates, bare numbers and only the papers handed in', () => {
    const form = emptyForm('ward');
    form.owner = typeInto(fillFromCard(form.owner, card), 'phone', '0912 345 678');
    form.counts = { a: { originals: 1, certified_copies: 0, photocopies: 2 } };
    const body = toNewDossier(form, procedure);
    expect(body.owner).toMatchObject({ birth_date: '1984-03-09', phone: '0912345678' });
    expect(body.components).toEqual([
      { component_id: 'a', originals: 1, certified_copies: 0, photocopies: 2 },
    ]);
    expect(body.filer).toBeUndefined();
    expect(body.on_the_spot).toBeUndefined();
  });

  it('sends the draft it was begun as, and an address only where something is sent to it', () => {
    const form = { ...emptyForm('ward'), deliveryAddress: 'Số 7 Hàng Bài' };
    expect(toNewDossier(form, procedure, { id: 'draft', version: 3 })).toMatchObject({
      draft_id: 'draft',
      draft_version: 3,
      result_delivery: { method: 'counter', address: undefined },
    });
    form.delivery = 'post';
    const body = toNewDossier(form, procedure);
    expect(body.result_delivery).toEqual({ method: 'post', address: 'Số 7 Hàng Bài' });
    expect(body.draft_id).toBeUndefined();
  });
});

describe('a form that was kept', () => {
  it('comes back as it stood', () => {
    const form = emptyForm('ward');
    form.owner = typeInto(fillFromCard(form.owner, card), 'phone', '0912 345 678');
    form.filer = {
      ...typeInto(form.filer, 'full_name', 'Lê Văn Ba'),
      relation: 'con',
      authorisationScope: 'submit',
      authorisationUntil: '2026-05-31',
    };
    Object.assign(form, {
      otherFiler: true,
      procedureCode: '1.001193',
      counts: { a: { originals: 1, certified_copies: 0, photocopies: 2 } },
      copiesCount: 2,
      delivery: 'post',
      deliveryAddress: 'Số 7 Hàng Bài',
      channel: 'home',
      onTheSpot: true,
      signerId: 'signer',
      resultNumber: '12',
      note: 'Cần sớm.',
    });
    expect(readForm(JSON.parse(JSON.stringify(form)))).toEqual(form);
  });

  it('is empty when nothing of it can be read', () => {
    for (const kept of [undefined, null, 'form', 7, [], {}]) {
      const form = readForm(kept);
      expect(form).toEqual({ ...emptyForm(), visitId: form.visitId });
      expect(form.visitId).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('leaves out what is unknown or of another kind', () => {
    const form = readForm({
      visitId: 'today',
      owner: {
        kind: 'alien',
        values: { full_name: 'Nguyễn Văn An', phone: 912345678, nickname: 'An' },
        sources: { full_name: 'guessed', phone: 'typed', address: 'card' },
        authorisationScope: 'everything',
        authorisationUntil: 'mai',
      },
      filer: 'Lê Văn Ba',
      otherFiler: 'true',
      counts: { a: { originals: -1, certified_copies: 1.5, photocopies: '2' }, b: 3, c: { originals: 4 } },
      copiesCount: 0,
      delivery: 'pigeon',
      channel: null,
      secret: 'x',
    });
    const empty = emptyForm();
    const none = { originals: 0, certified_copies: 0, photocopies: 0 };
    expect(form).toEqual({
      ...empty,
      visitId: form.visitId,
      owner: { ...empty.owner, values: { ...empty.owner.values, full_name: 'Nguyễn Văn An' } },
      counts: { a: none, b: none, c: { ...none, originals: 4 } },
    });
    expect(form.visitId).not.toBe('today');
  });
});
