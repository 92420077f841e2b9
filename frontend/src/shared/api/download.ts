/** The file's name as the server gives it. */
const nameIn = (disposition: string | null) => /filename="([^"]+)"/.exec(disposition ?? '')?.[1];

/**
 * Hands a fetched file to the browser under the name the server gave it, and tells that name; an address alone would
 * not carry the sign-in.
 */
export function download(file: Blob, headers: Headers, otherwise: string): string {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = nameIn(headers.get('Content-Disposition')) ?? otherwise;
  link.click();
  // Only after the browser has taken it.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  return link.download;
}

/** How long what was opened can be loaded anew in its tab. */
const OPENED_MS = 600_000;

/** Shows a fetched file in a tab of its own; where the browser opens none, it is handed over to be kept. */
export function openFile(file: Blob, headers: Headers, otherwise: string): void {
  const address = URL.createObjectURL(file);
  if (window.open(address, '_blank')) {
    setTimeout(() => URL.revokeObjectURL(address), OPENED_MS);
    return;
  }
  URL.revokeObjectURL(address);
  download(file, headers, otherwise);
}
