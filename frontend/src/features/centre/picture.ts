/** Why a picture is not even sent. */
export type UnusablePicture = 'kind' | 'size';

/** The most the server takes. */
const MOST_BYTES = 512 * 1024;
/** How many bytes become characters at once: each is an argument of a call. */
const AT_ONCE = 0x8000;

const STARTS = { png: [0x89, 0x50, 0x4e, 0x47], jpeg: [0xff, 0xd8, 0xff] } as const;

/** What a file is, by its first bytes: its name may say anything. */
export function kindOf(bytes: Uint8Array): keyof typeof STARTS | null {
  const begins = (start: readonly number[]) => start.every((byte, i) => bytes[i] === byte);
  return begins(STARTS.png) ? 'png' : begins(STARTS.jpeg) ? 'jpeg' : null;
}

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += AT_ONCE)
    text += String.fromCharCode(...bytes.subarray(i, i + AT_ONCE));
  return btoa(text);
}

/** A picture in base64 as an address to show it by. */
export function addressOf(base64: string): string {
  const start = Uint8Array.from(atob(base64.slice(0, 8)), (c) => c.charCodeAt(0));
  return `data:image/${kindOf(start) ?? 'png'};base64,${base64}`;
}

/** A PNG or JPEG as it is sent, in base64. */
export async function readPicture(file: File): Promise<{ base64: string } | UnusablePicture> {
  if (file.size > MOST_BYTES) return 'size';
  const bytes = new Uint8Array(await file.arrayBuffer());
  return kindOf(bytes) ? { base64: toBase64(bytes) } : 'kind';
}
