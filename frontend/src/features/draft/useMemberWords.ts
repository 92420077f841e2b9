import { useTranslation } from 'react-i18next';
import { useWord } from '@/shared/i18n/useWord';
import type { ProcedureData } from './types';

interface Item {
  id: string;
  name?: string;
  text?: string;
}

const isItems = (value: unknown): value is Item[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'object' && each !== null && 'id' in each);

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

/** An item of a list, named in a path by its id, or in a pointer by its place. */
const itemOf = (list: Item[], token: string) =>
  list.find((each) => each.id === token) ?? (/^\d+$/.test(token) ? list[Number(token)] : undefined);

/** "Thành phần hồ sơ › Tờ khai › Bắt buộc" for `/components/to_khai/required` or `/components/0/required`. */
export function useMemberWords(): (path: string, document: ProcedureData, known?: unknown) => string {
  const word = useWord();
  const { t } = useTranslation('draft');
  return (path, document, known) => {
    let at: unknown = document;
    let flags = false;
    const words = path
      .replace(/^#?\//, '')
      .split('/')
      .map((token, i, all) => {
        if (isItems(at)) {
          // What is gone is not in the document any more, but tells its own name.
          const item = itemOf(at, token) ?? (i === all.length - 1 ? (known as Item | undefined) : undefined);
          at = item;
          return item?.name || item?.text || token;
        }
        at = member(at, token);
        const said = flags ? word('catalogue:flag', token) : word('draft:member', token, token);
        flags = token === 'flags';
        return said;
      });
    if (isItems(at) && Array.isArray(known)) words.push(t('member.order'));
    return words.join(' › ');
  };
}
