import createClient from 'openapi-fetch';
import { currentLanguage } from '@/shared/i18n';
import { asProblem, toProblem } from './problem';
import type { paths } from './schema';
import { authorisedFetch } from './session';

const client = createClient<paths>({
  baseUrl: typeof location === 'undefined' ? 'http://localhost' : location.origin,
  fetch: authorisedFetch,
});

client.use({
  onRequest({ request }) {
    request.headers.set('Accept-Language', currentLanguage());
    return request;
  },
  onError({ error }) {
    return asProblem(error);
  },
});

export const api = client;

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a successful answer; anything else is thrown as an `ApiProblem`. */
export async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw toProblem(response.status, error);
  return data as T;
}

/** The weak-free version tag the API uses: `"v7"`. */
export const etag = (version: number) => `"v${version}"`;
