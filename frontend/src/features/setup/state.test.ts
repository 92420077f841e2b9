import { describe, expect, it } from 'vitest';
import { addAuthority, emptyForm, lacks, readTime, suggestions, toSetUp } from './state';

const filled = () => {
  const form = emptyForm();
  form.setup_code = ' k3v9-7qxm-2htd ';
  form.centre = {
    ...form.centre,
    commune: 'Phường Hoàn Kiếm',
    province: 'Thành phố Hà Nội',
    e_code: 'H26.14',
  };
  form.authorities = [{ id: 0, name: null, code: null, e_code: 'H26.14.1' }];
  form.administrator = {
    full_name: 'Vũ Quang Huy',
    username: 'quantri',
    password: 'mười ký tự',
    again: 'mười ký tự',
  };
  return form;
};

describe('what follows from the name of the commune', () => {
  it.each([
    ['Phường Hoàn Kiếm', 'Ủy ban nhân dân phường Hoàn Kiếm', 'hoankiem', 'hk'],
    [' XÃ  Đông Anh ', 'Ủy ban nhân dân xã Đông Anh', 'donganh', 'da'],
    ['Đặc khu Phú Quốc', 'Ủy ban nhân dân đặc khu Phú Quốc', 'phuquoc', 'pq'],
    ['Xã Sơn', 'Ủy ban nhân dân xã Sơn', 'son', 'son'],
    ['Phường 1', 'Ủy ban nhân dân phường 1', 'phuong1', 'phuong1'],
    ['Hoàn Kiếm', 'Ủy ban nhân dân Hoàn Kiếm', 'hoankiem', 'hk'],
    ["Xã Ea K'Nuếch", "Ủy ban nhân dân xã Ea K'Nuếch", 'eaknuech', 'ek'],
    ['', '', '', ''],
  ])('%s', (commune, authorityName, centreCode, authorityCode) => {
    expect(suggestions(commune)).toMatchObject({ authorityName, centreCode, authorityCode });
  });
});

describe('a time of day', () => {
  it.each([
    ['07:30', '07:30'],
    ['7h30', '07:30'],
    ['7 giờ', null],
    ['730', '07:30'],
    ['13.05', '13:05'],
    ['8h', '08:00'],
    ['24:00', null],
    ['7:60', null],
    ['', null],
  ])('%s', (typed, read) => {
    expect(readTime(typed)).toBe(read);
  });
});

describe('the set-up form', () => {
  it('sends the suggestions where nothing else was typed', () => {
    const body = toSetUp(filled());
    expect(body.setup_code).toBe('k3v9-7qxm-2htd');
    expect(body.centre).toMatchObject({
      code: 'hoankiem',
      name: 'Trung tâm Phục vụ hành chính công phường Hoàn Kiếm',
      address: undefined,
    });
    expect(body.authorities).toEqual([
      { code: 'hk', name: 'Ủy ban nhân dân phường Hoàn Kiếm', e_code: 'H26.14.1' },
    ]);
    const own = filled();
    own.centre.name = 'Bộ phận một cửa phường Hoàn Kiếm';
    expect(toSetUp(own).centre.name).toBe('Bộ phận một cửa phường Hoàn Kiếm');
  });

  it('sends a mark only when there is one', () => {
    expect(toSetUp(filled()).logo).toBeUndefined();
    expect(toSetUp({ ...filled(), logo: 'iVBORw0KGgo=' }).logo).toBe('iVBORw0KGgo=');
  });

  it('lacks nothing when it is filled', () => {
    expect(lacks(filled())).toEqual({});
  });

  it('does not fill in what was taken out', () => {
    const form = filled();
    form.centre.name = '';
    expect(lacks(addAuthority(form))).toEqual({
      'centre/name': 'required',
      'authorities/1/name': 'required',
      'authorities/1/code': 'required',
      'authorities/1/e_code': 'required',
    });
  });

  it('holds hours against each other and passwords against each other', () => {
    const form = filled();
    form.hours = { ...form.hours, morning_to: '7h', afternoon_from: '12:00', afternoon_to: 'tối' };
    form.administrator.again = 'khác';
    expect(lacks(form)).toEqual({
      'hours/morning_to': 'order',
      'hours/afternoon_to': 'time',
      'administrator/again': 'differs',
    });
    form.administrator.password = 'ngắn';
    expect(lacks(form)).toMatchObject({ 'administrator/password': 'short' });
  });
});
