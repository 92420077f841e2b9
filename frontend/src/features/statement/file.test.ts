import { describe, expect, it } from 'vitest';
import { formatOf, MOST_BYTES, readStatement } from './file';

const file = (name: string, size: number) =>
  ({ name, size, arrayBuffer: () => Promise.resolve(new TextEncoder().encode('a;b\n').buffer) }) as File;

describe('a statement that is chosen', () => {
  it('is written as its name ends', () => {
    expect(formatOf('sao-ke.CSV')).toBe('csv');
    expect(formatOf('sao.ke.txt ')).toBe('csv');
    expect(formatOf('camt.xml')).toBe('camt053');
    expect(formatOf('sao-ke.xlsx')).toBeNull();
    expect(formatOf('csv')).toBeNull();
  });

  it('is not sent when it is none, too large or empty', async () => {
    expect(await readStatement(file('sao-ke.xlsx', 4))).toBe('ending');
    expect(await readStatement(file('sao-ke.csv', MOST_BYTES + 1))).toBe('size');
    expect(await readStatement(file('sao-ke.csv', 0))).toBe('empty');
  });

  it('is sent in base64', async () => {
    expect(await readStatement(file('sao-ke.csv', 4))).toMatchObject({
      name: 'sao-ke.csv',
      format: 'csv',
      base64: btoa('a;b\n'),
    });
  });
});
