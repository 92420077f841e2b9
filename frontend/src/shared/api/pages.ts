/** A page of a list that goes on behind its `next`. */
interface PageOf<T> {
  items: T[];
  next?: string | null;
}

/** No list asked for as a whole is longer; only a server that never ends would come this far. */
const MOST_PAGES = 20;
/** The most the server puts on a page. */
export const WHOLE_PAGE = 100;

/** The whole of a list, page after page. */
export async function everyPage<T>(
  ask: (cursor: string | undefined) => Promise<PageOf<T>>,
): Promise<{ items: T[] }> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await ask(cursor);
    items.push(...answer.items);
    if (!answer.next) break;
    cursor = answer.next;
  }
  return { items };
}
