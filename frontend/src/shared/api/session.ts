/**
 * The session of this tab. The access token lives in this module's memory only: never in storage, never in a URL.
 * What survives a reload is the httpOnly refresh cookie, which scripts cannot read.
 */
import { toProblem } from './problem';

export type SessionStatus = 'unknown' | 'signed_out' | 'signed_in';

/** Tells the server that the call comes from this SPA; another site cannot send it without CORS (CSRF defence). */
const CLIENT_HEADER = { 'X-Motcua-Client': 'spa' };
const AUTH = '/api/v1/auth';

let token: string | null = null;
let status: SessionStatus = 'unknown';
/** How far the server's clock is ahead of this computer's, in milliseconds. */
let clockAhead = 0;
let refreshing: Promise<boolean> | null = null;
const listeners = new Set<() => void>();

function set(nextToken: string | null, nextStatus: SessionStatus) {
  token = nextToken;
  if (nextStatus !== status) {
    status = nextStatus;
    for (const listener of listeners) listener();
  }
}

export const getToken = () => token;
export const getStatus = () => status;

/**
 * The present by the server's clock, which decides every deadline. An office computer may be minutes off,
 * a demonstration may run in another month.
 */
export const serverNow = () => new Date(Date.now() + clockAhead);

/** The instant a token was issued (`iat`, in seconds) says what time it is at the server. Nothing else is read of it. */
function readClock(bearer: string) {
  try {
    const payload = bearer.split('.')[1] ?? '';
    const claims = JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/'))) as { iat?: unknown };
    if (typeof claims.iat === 'number') clockAhead = claims.iat * 1000 - Date.now();
  } catch {
    // A token of another form: this computer's clock has to do.
  }
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function readToken(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw toProblem(response.status, body);
  const bearer = (body as { access_token: string }).access_token;
  readClock(bearer);
  return bearer;
}

/** Signs in; throws an `ApiProblem` on refusal. */
export async function signIn(
  username: string,
  password: string,
  code: string | undefined,
  language: string,
): Promise<void> {
  const response = await fetch(`${AUTH}/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Accept-Language': language, ...CLIENT_HEADER },
    body: JSON.stringify({ username, password, code }),
  });
  set(await readToken(response), 'signed_in');
}

/**
 * Tabs share the cookie: were two of them to send the same refresh token, the server would take it for a stolen one.
 * Where the browser knows no locks (a page served without TLS on a LAN), the chance is small but there.
 */
async function oneTabAtATime(work: () => Promise<boolean>): Promise<boolean> {
  const locks = (navigator as Partial<Navigator>).locks;
  return locks ? await locks.request('motcua.refresh', work) : await work();
}

async function refreshOnce(): Promise<boolean> {
  const response = await fetch(`${AUTH}/refresh`, { method: 'POST', headers: CLIENT_HEADER });
  if (response.status >= 500) throw toProblem(response.status, null);
  if (!response.ok) {
    set(null, 'signed_out');
    return false;
  }
  set(await readToken(response), 'signed_in');
  return true;
}

/**
 * Exchanges the refresh cookie for a new access token. Calls that arrive meanwhile share one exchange,
 * because a rotated refresh token may be used only once. False: there is no session any more.
 * Throws when no answer came: the session may still be good.
 */
export function refresh(): Promise<boolean> {
  refreshing ??= oneTabAtATime(refreshOnce).finally(() => {
    refreshing = null;
  });
  return refreshing;
}

/** At start: is there a session? An unreachable server counts as signed out, the sign-in page then says why. */
export async function restore(): Promise<void> {
  if (status !== 'unknown') return;
  try {
    await refresh();
  } catch {
    set(null, 'signed_out');
  }
}

/**
 * Ends this session, or all sessions of the person. The local token goes even when the server cannot be reached.
 * After a pause at the counter the access token has run out: it is renewed once, or the session would live on unseen.
 */
export async function signOut(everywhere: boolean): Promise<void> {
  const bearer = token;
  set(null, 'signed_out');
  const leave = (held: string | null) =>
    fetch(`${AUTH}/logout`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...CLIENT_HEADER,
        ...(held ? { Authorization: `Bearer ${held}` } : {}),
      },
      body: JSON.stringify({ everywhere }),
    });
  try {
    const response = await leave(bearer);
    if (response.status !== 401) return;
    await oneTabAtATime(async () => {
      const renewed = await fetch(`${AUTH}/refresh`, { method: 'POST', headers: CLIENT_HEADER });
      return renewed.ok && (await leave(await readToken(renewed))).ok;
    });
  } catch {
    // No answer came: the session ends at the server when its refresh token runs out.
  }
}

/** `fetch` with the bearer token; on 401 it refreshes once and repeats the request. */
export async function authorisedFetch(request: Request): Promise<Response> {
  const again = request.clone();
  const send = (r: Request) => {
    if (token) r.headers.set('Authorization', `Bearer ${token}`);
    return fetch(r);
  };
  const response = await send(request);
  if (response.status !== 401 || status !== 'signed_in') return response;
  if (!(await refresh())) return response;
  return send(again);
}
