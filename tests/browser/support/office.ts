import { Api } from './api.ts';
import { start, type Running } from './server.ts';
import { test as base } from './test.ts';

/** A demonstration of one's own: what is entered in it is in nobody's way. */
export interface Office extends Running {
  api: Api;
}

/**
 * Each test on a server of its own, with `settings` where it needs some. It is asked for first, so that its pages are closed before it is stopped: one that
 * still loads would complain.
 */
export const test = base.extend<{ office: Office; settings: Record<string, string> }>({
  settings: [{}, { option: true }],
  office: async ({ settings }, use) => {
    const server = await start(settings);
    await use({ ...server, api: new Api(server.url) });
    await server.stop();
  },
});

interface Colleague {
  id: string;
  full_name: string;
}

/** Opens counters from the first of January on; the ids by name. */
export async function openCounters(api: Api, ...names: string[]): Promise<string[]> {
  const { items } = await api.call<{ items: { id: string }[] }>('admin', 'GET', '/centres');
  const ids: string[] = [];
  for (const name of names) {
    const told = await api.call<{ counters: { id: string; name: string }[] }>(
      'admin',
      'POST',
      `/centres/${items[0]?.id}/service-counters`,
      { name, valid_from: '2026-01-01' },
    );
    ids.push(told.counters.find((c) => c.name === name)?.id ?? '');
  }
  return ids;
}

/** Somebody of the staff by the name of the account. */
export const staff = (api: Api, username: string): Promise<Colleague> => api.call(username, 'GET', '/me');

/** Plans as the director. */
export const plan = (api: Api, body: object): Promise<{ items: { id: string }[] }> =>
  api.call('giamdoc', 'POST', '/roster/duties', body);
