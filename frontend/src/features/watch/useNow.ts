import { useEffect, useState } from 'react';
import { serverNow } from '@/shared/api/session';

/** The present by the server's clock, told again every `every` milliseconds. */
export function useNow(every = 10_000): number {
  const [now, setNow] = useState(() => serverNow().getTime());
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow().getTime()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
