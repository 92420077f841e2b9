import { useTranslation } from 'react-i18next';

/**
 * The word for a code the server may extend (an event's kind, a location): the translation where there is one,
 * otherwise `fallback`. Closed sets are translated by typed keys instead, where a missing word does not compile.
 */
export function useWord(): (group: string, code: string, fallback?: string) => string {
  const { i18n } = useTranslation();
  const translate = i18n.t as (key: string) => string;
  return (group, code, fallback) => {
    const key = `${group}.${code}`;
    return i18n.exists(key) ? translate(key) : (fallback ?? code);
  };
}
