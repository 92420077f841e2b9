import { useEffect, useState } from 'react';
import { serverNow } from '@/shared/api/session';
import type { Dossier } from '@/shared/api/types';

/** Whether the last step can still be taken back: the offer goes away by itself when its minutes are over. */
export function useStillUndoable({ undoable }: Dossier): boolean {
  const until = undoable ? Date.parse(undoable.until) : 0;
  const [, tick] = useState(0);
  const left = until - serverNow().getTime();
  useEffect(() => {
    const wait = until - serverNow().getTime();
    if (wait <= 0) return undefined;
    const timer = setTimeout(() => tick((n) => n + 1), wait + 50);
    return () => clearTimeout(timer);
  }, [until]);
  return left > 0;
}
