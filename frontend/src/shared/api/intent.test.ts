import { expect, it } from 'vitest';
import { Intent, newKey } from './intent';
import { ApiProblem } from './problem';

const key = (k: string) => Promise.resolve(k);

it('repeats an unanswered intent under the same key', async () => {
  const intent = new Intent();
  const keys: string[] = [];
  const lost = (k: string) => {
    keys.push(k);
    return Promise.reject(new TypeError('Failed to fetch'));
  };
  await expect(intent.run({ a: 1 }, lost)).rejects.toThrow();
  await expect(intent.run({ a: 1 }, lost)).rejects.toThrow();
  keys.push(await intent.run({ a: 1 }, key));
  expect(new Set(keys).size).toBe(1);
  expect(await intent.run({ a: 1 }, key)).not.toBe(keys[0]);
});

it('takes another key for another body, and after any answer', async () => {
  const intent = new Intent();
  const keys: string[] = [];
  const refused = (k: string) => {
    keys.push(k);
    return Promise.reject(new ApiProblem({ status: 422, code: 'validation_failed' }));
  };
  await expect(intent.run({ a: 1 }, refused)).rejects.toThrow();
  await expect(intent.run({ a: 1 }, refused)).rejects.toThrow();
  await expect(intent.run({ a: 2 }, refused)).rejects.toThrow();
  expect(new Set(keys).size).toBe(3);
});

it('makes UUIDs', () => {
  expect(newKey()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
