import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sendFile, written } from './send';

/** Waits by the real clock, for what no clock of a test moves: digests. */
const later = globalThis.setTimeout;
const moment = () => new Promise((over) => later(over, 1));

/** What the next requests come to. */
let script: number[] = [];
let sent: { headers: Record<string, string>; file: unknown }[] = [];
let there = false;

vi.mock('@/shared/api/client', () => ({
  api: { GET: () => Promise.resolve({ response: { ok: there } }) },
}));
vi.mock('@/shared/api/session', () => ({
  getToken: () => 'a-token',
  refresh: () => Promise.resolve(true),
}));

class FakeRequest {
  headers: Record<string, string> = {};
  upload: { onprogress?: (e: unknown) => void } = {};
  status = 0;
  response: unknown = null;
  onload?: () => void;
  onerror?: () => void;
  open() {}
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value;
  }
  send(file: unknown) {
    sent.push({ headers: this.headers, file });
    this.upload.onprogress?.({ lengthComputable: true, loaded: 1, total: 2 });
    this.status = script.shift() ?? 201;
    this.response = { code: 'file_blank', detail: 'Trang trắng' };
    if (this.status === 0) this.onerror?.();
    else this.onload?.();
  }
}

const file = new File(['%PDF-1.7'], 'Đơn (1).pdf', { type: 'application/pdf' });
const paper = { dossier: 'd', component: 'to_khai' };

describe('sending a file', () => {
  beforeEach(() => {
    script = [];
    sent = [];
    there = false;
    vi.stubGlobal('XMLHttpRequest', FakeRequest);
    vi.useFakeTimers();
    return () => {
      vi.useRealTimers();
      vi.unstubAllGlobals();
    };
  });

  const send = async () => {
    const parts: number[] = [];
    const pauses: boolean[] = [];
    const done = sendFile(paper, file, {
      onSent: (part) => parts.push(part),
      onPause: (waiting) => pauses.push(waiting),
    }).then(
      () => null,
      (e: unknown) => e,
    );
    const over = vi.fn();
    void done.then(over);
    while (over.mock.calls.length === 0) {
      await vi.runAllTimersAsync();
      await moment();
    }
    return { error: await done, parts, pauses };
  };

  it('sends it once, under its name, and tells how much went out', async () => {
    const { error, parts } = await send();
    expect(error).toBeNull();
    expect(parts).toEqual([0.5]);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.headers).toMatchObject({
      Authorization: 'Bearer a-token',
      'Content-Type': 'application/pdf',
      'Content-Disposition': "attachment; filename*=UTF-8''%C4%90%C6%A1n%20%281%29.pdf",
    });
  });

  it('sends it again after a line that broke, and tells that it waits', async () => {
    script = [0, 503, 201];
    const { error, pauses } = await send();
    expect(error).toBeNull();
    expect(pauses).toEqual([true, false, true, false]);
    expect(sent).toHaveLength(3);
  });

  it('does not send again what has arrived', async () => {
    script = [0, 201];
    there = true;
    expect((await send()).error).toBeNull();
    expect(sent).toHaveLength(1);
  });

  it('gives up on a refusal at once, and on a dead line after a while', async () => {
    script = [422];
    expect((await send()).error).toMatchObject({ status: 422, code: 'file_blank' });
    expect(sent).toHaveLength(1);
    script = [0, 0, 0, 0, 0, 0, 0];
    sent = [];
    expect((await send()).error).toMatchObject({ status: 0 });
    expect(sent).toHaveLength(6);
  });

  it('renews the sign-in once', async () => {
    script = [401, 201];
    expect((await send()).error).toBeNull();
    script = [401, 401];
    expect((await send()).error).toMatchObject({ status: 401 });
  });

  it('writes names as the header wants them', () => {
    expect(written("a'b*c.pdf")).toBe('a%27b%2Ac.pdf');
  });
});
