import { expect, it } from 'vitest';
import { formatSize } from './size';

it('tells sizes as people read them', () => {
  expect(formatSize(1, 'vi')).toBe('1 KB');
  expect(formatSize(850 * 1024 + 300, 'vi')).toBe('850 KB');
  expect(formatSize(1024 * 1024 - 1, 'vi')).toBe('1.023 KB');
  expect(formatSize(100 * 1024 * 1024, 'vi')).toBe('100 MB');
  expect(formatSize(1_260_000, 'vi')).toBe('1,2 MB');
  expect(formatSize(1_260_000, 'en')).toBe('1.2 MB');
});
