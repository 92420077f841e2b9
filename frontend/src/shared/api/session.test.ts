import { afterEach, expect, it, vi } from 'vitest';
import { authorisedFetch, getStatus, getToken, refresh, serverNow, signIn, signOut } from './session';

const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const jwt = (iat: number) => `x.${btoa(JSON.stringify({ iat }))}.x`;
const request = () => new Request('http://localhost/api/v1/me');

afterEach(async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status: 204 })));
  await signOut(false);
  vi.unstubAllGlobals();
});

it('refreshes once for many calls that fail together, and repeats them', async () => {
  let valid = 'old';
  let refreshes = 0;
  vi.stubGlobal('fetch', (input: Request | string) => {
    if (typeof input === 'string') {
      if (input.endsWith('/login')) return Promise.resolve(answer(200, { access_token: 'old' }));
      refreshes += 1;
      valid = 'new';
      return Promise.resolve(answer(200, { access_token: 'new' }));
    }
    return Promise.resolve(answer(input.headers.get('Authorization') === `Bearer ${valid}` ? 200 : 401, {}));
  });
  await signIn('a', 'b', undefined, 'vi');
  valid = 'gone';
  const answers = await Promise.all([authorisedFetch(request()), authorisedFetch(request())]);
  expect(answers.map((r) => r.status)).toEqual([200, 200]);
  expect(refreshes).toBe(1);
});

it('is signed out when the refresh is refused, but not when no answer came', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(answer(200, { access_token: 't' })));
  await signIn('a', 'b', undefined, 'vi');
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  await expect(refresh()).rejects.toThrow();
  expect(getStatus()).toBe('signed_in');
  vi.stubGlobal('fetch', () => Promise.resolve(answer(401, {})));
  expect(await refresh()).toBe(false);
  expect([getStatus(), getToken()]).toEqual(['signed_out', null]);
});

it('goes by the clock of the server', async () => {
  const march = Date.UTC(2026, 2, 2, 2) / 1000;
  vi.stubGlobal('fetch', () => Promise.resolve(answer(200, { access_token: jwt(march) })));
  await signIn('a', 'b', undefined, 'vi');
  expect(Math.abs(serverNow().getTime() / 1000 - march)).toBeLessThan(5);
});

it('ends the session at the server even when the access token ran out meanwhile', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(answer(200, { access_token: 'old' })));
  await signIn('a', 'b', undefined, 'vi');
  const ended: unknown[] = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    if (url.endsWith('/refresh')) return Promise.resolve(answer(200, { access_token: 'new' }));
    const bearer = (init.headers as Record<string, string>).Authorization;
    if (bearer !== 'Bearer new') return Promise.resolve(answer(401, {}));
    ended.push(JSON.parse(init.body as string));
    return Promise.resolve(new Response(null, { status: 204 }));
  });
  await signOut(true);
  expect(ended).toEqual([{ everywhere: true }]);
  expect([getStatus(), getToken()]).toEqual(['signed_out', null]);
});
