import { expect, it } from 'vitest';
import { askFor } from './DuplicateNotice';
import { emptyForm } from './state';

const form = (
  values: Partial<Record<'identity_number' | 'full_name' | 'birth_date', string>>,
  procedureCode = '1.004873',
) => {
  const empty = emptyForm('thd');
  return {
    ...empty,
    procedureCode,
    owner: { ...empty.owner, values: { ...empty.owner.values, ...values } },
  };
};

it('asks for an earlier dossier once there is a whole number, or a name with a birth date', () => {
  expect(askFor(form({ identity_number: '0010850' }))).toBeNull();
  expect(askFor(form({ full_name: 'Nguyễn Văn An' }))).toBeNull();
  expect(askFor(form({ full_name: 'Nguyễn Văn An', birth_date: '12/4' }))).toBeNull();
  expect(askFor(form({ identity_number: '001085012345' }, ''))).toBeNull();
  expect(askFor(form({ identity_number: '001 085 012 345' }))).toEqual({
    procedure_code: '1.004873',
    full_name: '',
    identity_number: '001085012345',
    birth_date: undefined,
  });
  expect(askFor(form({ full_name: ' Nguyễn Văn An ', birth_date: '12/04/1985' }))).toEqual({
    procedure_code: '1.004873',
    full_name: 'Nguyễn Văn An',
    identity_number: undefined,
    birth_date: '1985-04-12',
  });
});
