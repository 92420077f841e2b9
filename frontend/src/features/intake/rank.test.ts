import { expect, it } from 'vitest';
import type { ProcedureItem } from '@/shared/api/types';
import { rankProcedures } from './rank';

const items = [
  { code: '1.000110', name: 'Đăng ký khai sinh có yếu tố nước ngoài' },
  { code: '1.001193', name: 'Đăng ký khai sinh' },
  { code: '2.000001', name: 'Liên thông đăng ký khai sinh, cấp thẻ bảo hiểm' },
] as ProcedureItem[];
const codes = (typed: string) => rankProcedures(items, typed).map((p) => p.code);

it('puts the plain procedure before its variants', () => {
  expect(codes('khai sinh')).toEqual(['1.001193', '1.000110', '2.000001']);
});
it('puts a code that begins so first', () => {
  expect(codes('2.0')[0]).toBe('2.000001');
});
it('leaves the order alone when nothing was typed', () => {
  expect(codes(' ')).toEqual(['1.000110', '1.001193', '2.000001']);
});
