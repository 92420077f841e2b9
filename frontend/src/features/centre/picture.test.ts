import { describe, expect, it } from 'vitest';
import { addressOf, kindOf, readPicture, toBase64 } from './picture';

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46]);

/** What is needed of a file. */
const file = (bytes: Uint8Array, size = bytes.length) =>
  ({ size, arrayBuffer: () => Promise.resolve(bytes.buffer) }) as File;

describe('a picture', () => {
  it('is what it begins with', () => {
    expect(kindOf(PNG)).toBe('png');
    expect(kindOf(JPEG)).toBe('jpeg');
    expect(kindOf(new TextEncoder().encode('<svg/>'))).toBeNull();
    expect(kindOf(new Uint8Array())).toBeNull();
  });

  it('is shown as what it is', () => {
    expect(addressOf(toBase64(PNG))).toMatch(/^data:image\/png;base64,iVBOR/);
    expect(addressOf(toBase64(JPEG))).toMatch(/^data:image\/jpeg;base64,\/9j\//);
  });

  it('is sent whole, however long it is', () => {
    const long = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251);
    expect(Uint8Array.from(atob(toBase64(long)), (c) => c.charCodeAt(0))).toEqual(long);
  });

  it('is refused when the server would not take it', async () => {
    expect(await readPicture(file(PNG))).toEqual({ base64: toBase64(PNG) });
    expect(await readPicture(file(new TextEncoder().encode('GIF89a')))).toBe('kind');
    expect(await readPicture(file(PNG, 512 * 1024 + 1))).toBe('size');
  });
});
