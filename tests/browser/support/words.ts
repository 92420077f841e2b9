import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const locales = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../../../frontend/src/shared/i18n/locales',
);

/** Every text of the screens in one language, by `namespace:key`. */
function read(language: 'vi' | 'en'): Map<string, string> {
  const out = new Map<string, string>();
  const walk = (value: unknown, key: string) => {
    if (typeof value === 'string') out.set(key, value);
    else for (const [k, v] of Object.entries(value as object)) walk(v, key.endsWith(':') ? key + k : `${key}.${k}`);
  };
  const dir = path.join(locales, language);
  for (const file of readdirSync(dir).filter((f) => f.endsWith('.json')))
    walk(JSON.parse(readFileSync(path.join(dir, file), 'utf8')), `${file.replace('.json', '')}:`);
  return out;
}

export const vietnamese = read('vi');
export const english = read('en');

/** What stands on the Vietnamese screen for a key, so that a better wording breaks no test. */
export function vi(key: string, values: Record<string, string> = {}): string {
  const text = vietnamese.get(key);
  if (text === undefined) throw new Error(`no such text: ${key}`);
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '');
}

/** The same as the start of a label: whatever is required has a star behind it. */
export const label = (key: string, values: Record<string, string> = {}) =>
  new RegExp(`^${vi(key, values).replace(/[()?.]/g, '\\$&')}`);
