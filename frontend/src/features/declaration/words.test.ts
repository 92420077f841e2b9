import { describe, expect, it } from 'vitest';
import type { DeclarationFormItem, Me } from '@/shared/api/types';
import { findForms, formsFor, mayWrite, readDeclarationSearch } from './words';

const form = (code: string, vi: string, procedure: string): DeclarationFormItem => ({
  code,
  number: `${code}.1`,
  title: { vi, en: code },
  procedures: [procedure],
});
const forms = [
  form('birth', 'Tờ khai đăng ký khai sinh', '1.001193'),
  form('death', 'Tờ khai đăng ký khai tử', '1.000656'),
  form('permanent_residence', 'Tờ khai thay đổi thông tin cư trú (đăng ký thường trú)', '1.004222'),
];
const found = (typed: string) => findForms(forms, typed).map((f) => f.code);

describe('finding a form', () => {
  it('takes words without marks, in any order', () => {
    expect(found('khai sinh')).toEqual(['birth']);
    expect(found('dang ky thuong')).toEqual(['permanent_residence']);
    expect(found('sinh dang')).toEqual(['birth']);
  });

  it('takes the code of a procedure, and the other language', () => {
    expect(found('1.000656')).toEqual(['death']);
    expect(found('DEATH')).toEqual(['death']);
  });

  it('shows all before anything is typed, and none where nothing fits', () => {
    expect(found(' ')).toHaveLength(3);
    expect(found('kết hôn')).toEqual([]);
  });

  it('knows those of a procedure', () => {
    expect(formsFor(forms, '1.001193').map((f) => f.code)).toEqual(['birth']);
    expect(formsFor(forms, '9.999999')).toEqual([]);
  });
});

describe('the list of declarations', () => {
  it('reads its address, and drops what nobody can have meant', () => {
    expect(readDeclarationSearch({ state: 'signed', dossier: 'a', cursor: 'b' })).toEqual({
      state: 'signed',
      dossier: 'a',
      cursor: 'b',
    });
    expect(readDeclarationSearch({ state: 'lost', dossier: '', cursor: 3 })).toEqual({});
  });
});

describe('writing declarations', () => {
  const me = (role: Me['roles'][number]['role']) => ({ roles: [{ role }] }) as unknown as Me;
  it('is the work of those who take dossiers in', () => {
    expect(mayWrite(me('reception'))).toBe(true);
    expect(mayWrite(me('leader'))).toBe(false);
    expect(mayWrite(undefined)).toBe(false);
  });
});
