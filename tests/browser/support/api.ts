/** The API as the tests use it beside the browser: to prepare dossiers, and to be "another officer". */

export const PASSWORD = 'Motcua@2026';

export interface Dossier {
  id: string;
  code: string | null;
  submission_number: string | null;
  version: number;
  state: string;
  sub_state: string | null;
  due_at: string | null;
  accepted_at: string | null;
  handler: { id: string; full_name: string } | null;
  open_handover: { id: string } | null;
}

export interface Named {
  id: string;
  code: string;
  name: string;
}

export class Api {
  private readonly tokens = new Map<string, string>();

  constructor(readonly url: string) {}

  /** One call as `who`; signs in first, and once more when the token has run out. Throws on refusal. */
  async call<T>(who: string, method: string, path: string, body?: unknown, version?: number): Promise<T> {
    for (const last of [false, true]) {
      const token = this.tokens.get(who) ?? (await this.signIn(who));
      const response = await fetch(`${this.url}/api/v1${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/json',
          ...(version === undefined ? {} : { 'If-Match': `"v${version}"` }),
        },
        body: body === undefined ? null : JSON.stringify(body),
      });
      if (response.status === 401 && !last) {
        this.tokens.delete(who);
        continue;
      }
      if (!response.ok) throw new Error(`${who} ${method} ${path}: ${response.status} ${await response.text()}`);
      return (response.status === 204 ? undefined : await response.json()) as T;
    }
    throw new Error('unreachable');
  }

  /** A file, as `who` gets it. */
  async file(who: string, path: string): Promise<Buffer> {
    const token = this.tokens.get(who) ?? (await this.signIn(who));
    const response = await fetch(`${this.url}/api/v1${path}`, { headers: { Authorization: `Bearer ${token}` } });
    if (!response.ok) throw new Error(`${who} GET ${path}: ${response.status} ${await response.text()}`);
    return Buffer.from(await response.arrayBuffer());
  }

  private async signIn(who: string): Promise<string> {
    const response = await fetch(`${this.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username: who, password: PASSWORD }),
    });
    if (!response.ok) throw new Error(`${who} cannot sign in: ${response.status} ${await response.text()}`);
    const { access_token: token } = (await response.json()) as { access_token: string };
    this.tokens.set(who, token);
    return token;
  }

  async ward(code: 'thd' | 'cn' | 'ht'): Promise<Named> {
    const { items } = await this.call<{ items: Named[] }>('tiepnhan', 'GET', '/authorities');
    const ward = items.find((a) => a.code === code);
    if (!ward) throw new Error(`no ward ${code}`);
    return ward;
  }

  get(who: string, id: string): Promise<Dossier> {
    return this.call(who, 'GET', `/dossiers/${id}`);
  }

  /** How many dossiers of the last hundred are of a person of this name. */
  async count(owner: string): Promise<number> {
    const page = await this.call<{ items: unknown[] }>('tiepnhan', 'GET', `/dossiers?limit=100&q=${encodeURIComponent(owner)}`);
    return page.items.length;
  }

  act(who: string, d: Dossier, action: string, body: unknown = {}): Promise<Dossier> {
    return this.call(who, 'POST', `/dossiers/${d.id}/${action}`, body, d.version);
  }

  /** Moves the demo clock forward, for everybody. */
  async forward(minutes: number, ahead: number): Promise<void> {
    const now = new Date(Date.now() + ahead + minutes * 60_000).toISOString();
    await this.call('admin', 'POST', '/test/clock', { now });
  }

  /** What time it is at the server: when it issued a token just now. */
  async now(): Promise<Date> {
    const token = await this.signIn('thungan');
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { iat: number };
    return new Date(claims.iat * 1000);
  }

  /** A token of another system, with which the list of dossiers is read once. */
  async clientToken(id: string, secret: string): Promise<string> {
    const response = await fetch(`${this.url}/api/v1/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret }),
    });
    if (!response.ok) throw new Error(`no token: ${response.status} ${await response.text()}`);
    const { access_token: token } = (await response.json()) as { access_token: string };
    const read = await fetch(`${this.url}/api/v1/dossiers`, { headers: { Authorization: `Bearer ${token}` } });
    if (!read.ok) throw new Error(`not read: ${read.status} ${await read.text()}`);
    return token;
  }
}
