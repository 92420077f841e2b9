import { api } from '@/shared/api/client';
import { asProblem, toProblem } from '@/shared/api/problem';
import { getToken, refresh } from '@/shared/api/session';
import { currentLanguage } from '@/shared/i18n';

/** For which paper of which dossier. */
export interface Paper {
  dossier: string;
  component: string;
}

/** How often a broken line is tried again, and after how many milliseconds each time. */
const PAUSES = [500, 1_500, 4_000, 8_000, 15_000];

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** RFC 8187: what may stand in `filename*`. */
export const written = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** The SHA-256 of a file, where the browser can: a page served without TLS on an office LAN cannot. */
async function digestOf(file: File): Promise<string | null> {
  const subtle = (globalThis.crypto as Partial<Crypto>).subtle;
  if (!subtle) return null;
  const bytes = new Uint8Array(await subtle.digest('SHA-256', new Uint8Array(await file.arrayBuffer())));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}

/** Whether the paper has this content already: an upload whose answer was lost need not be sent again. */
async function isThere({ dossier, component }: Paper, sha256: string): Promise<boolean> {
  const { response } = await api.GET('/api/v1/dossiers/{id}/components/{component_id}/files/{sha256}', {
    params: { path: { id: dossier, component_id: component, sha256 } },
  });
  return response.ok;
}

interface Answer {
  status: number;
  body: unknown;
}

/** One try. `fetch` tells nothing of how much went out, so it is the older way. Status 0: no answer came. */
function tried(paper: Paper, file: File, onSent: (part: number) => void): Promise<Answer> {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    const { dossier, component } = paper;
    request.open('POST', `/api/v1/dossiers/${dossier}/components/${encodeURIComponent(component)}/files`);
    request.setRequestHeader('Authorization', `Bearer ${getToken() ?? ''}`);
    request.setRequestHeader('Accept-Language', currentLanguage());
    request.setRequestHeader('Content-Type', file.type);
    request.setRequestHeader('Content-Disposition', `attachment; filename*=UTF-8''${written(file.name)}`);
    request.responseType = 'json';
    request.upload.onprogress = (e) => e.lengthComputable && onSent(e.loaded / e.total);
    request.onload = () => done({ status: request.status, body: request.response as unknown });
    request.onerror = () => done({ status: 0, body: null });
    request.onabort = request.onerror;
    request.send(file);
  });
}

/** Whether trying again may help: no answer, or a server that is busy. */
const passing = (status: number) => status === 0 || status === 408 || status === 503;

/**
 * Sends a file for a paper. A line that breaks is tried again, and not sent again what has arrived meanwhile. Throws
 * an `ApiProblem`.
 */
export async function sendFile(
  paper: Paper,
  file: File,
  told: { onSent: (part: number) => void; onPause: (waiting: boolean) => void },
): Promise<void> {
  let renewed = false;
  for (let n = 0; ; n += 1) {
    const { status, body } = await tried(paper, file, told.onSent);
    if (status >= 200 && status < 300) return;
    if (status === 401 && !renewed) {
      // The access token ran out meanwhile.
      renewed = true;
      if (await refresh()) continue;
    }
    const wait = PAUSES[n];
    if (!passing(status) || wait === undefined) {
      throw status === 0 ? asProblem(null) : toProblem(status, body);
    }
    told.onPause(true);
    await pause(wait);
    const sha256 = await digestOf(file);
    if (sha256 && (await isThere(paper, sha256).catch(() => false))) return;
    told.onPause(false);
  }
}
