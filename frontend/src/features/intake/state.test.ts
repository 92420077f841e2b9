import { describe, expect, it } from 'vitest';
import type { CitizenCard, Procedure } from '@/shared/api/types';
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
});
