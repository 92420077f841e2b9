import { useEffect, useState } from 'react';

/** What the cashier's window tells the payer's: which request is being paid. Both are windows of one browser. */
const CHANNEL = 'motcua.till';

interface Told {
  request: string | null;
}

const isTold = (data: unknown): data is Told =>
  typeof data === 'object' && data !== null && 'request' in data;

/** Shows a request on the second screen, also when that is opened later. */
export function useSecondScreen(request: string | null): void {
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL);
    const tell = () => channel.postMessage({ request } satisfies Told);
    tell();
    // A window that has just been opened asks.
    channel.onmessage = (event: MessageEvent<unknown>) => {
      if (event.data === 'what') tell();
    };
    return () => channel.close();
  }, [request]);
}

/** Which request the cashier's window shows; null: none. */
export function useShownRequest(): string | null {
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = (event: MessageEvent<unknown>) => {
      if (isTold(event.data)) setShown(event.data.request);
    };
    channel.postMessage('what');
    return () => channel.close();
  }, []);
  return shown;
}
