import { describe, expect, it } from 'vitest';
import { formatOf, textOf } from './file';

describe('a file', () => {
  it('is what its name ends with', () => {
    expect(formatOf('danh-muc-tthc-2026-03-02.csv')).toBe('csv');
    expect(formatOf('Danh mục.JSON ')).toBe('json');
    expect(formatOf('danh-muc.csv.xlsx')).toBeNull();
    expect(formatOf('csv')).toBeNull();
  });

  it('is read as UTF-8 and as nothing else', () => {
    const utf8 = new Uint8Array([0xef, 0xbb, 0xbf, 0xc4, 0x91]);
    expect(textOf(utf8.buffer)).toBe('đ');
    // "đ" as Windows writes it where Vietnamese is the system's language.
    expect(textOf(new Uint8Array([0x61, 0xf0]).buffer)).toBeNull();
  });
});
