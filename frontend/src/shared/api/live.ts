import { useEffect, useSyncExternalStore } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { authorisedFetch } from './session';
import { createSseParser } from './sse';

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;
/** Changes often come in bursts (one action, several rows): lists are refetched at most this often. */
const GATHER_MS = 400;
/** The board is counted anew over everything that is open: more seldom than a list of 25 is read. */
const GATHER_BOARD_MS = 2_000;
/** How often lists are fetched again while the stream is down. */
export const POLL_MS = 30_000;

let connected = false;
const listeners = new Set<() => void>();
function setConnected(next: boolean) {
  if (next === connected) return;
  connected = next;
  for (const listener of listeners) listener();
}
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** How often what changes by time alone is fetched again although changes are pushed. */
export const TICK_MS = 60_000;

/** `refetchInterval` for lists: none while changes are pushed, polling otherwise. */
export function usePolling(): number | false {
  const live = useSyncExternalStore(subscribe, () => connected);
  return live ? false : POLL_MS;
}

async function listen(signal: AbortSignal, onDossier: (id?: string) => void): Promise<void> {
  const request = new Request('/api/v1/live', { headers: { Accept: 'text/event-stream' }, signal });
  const response = await authorisedFetch(request);
  if (!response.ok || !response.body) throw new Error(`live: ${response.status}`);
  setConnected(true);
  const parse = createSseParser(({ event, data }) => {
    if (event !== 'dossier') return;
    const body = JSON.parse(data) as { dossier_id?: string };
    // Without an id when this screen could not keep up: anything may have changed.
    onDossier(body.dossier_id);
  });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    parse(value);
  }
}

/** Keeps one event stream open while mounted; a changed dossier makes its page and all lists fetch again. */
export function useLiveUpdates(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const abort = new AbortController();
    let retry = FIRST_RETRY_MS;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gather: ReturnType<typeof setTimeout> | undefined;
    let gatherBoard: ReturnType<typeof setTimeout> | undefined;

    const onDossier = (id?: string) => {
      retry = FIRST_RETRY_MS;
      void queries.invalidateQueries({ queryKey: id ? ['dossier', id] : ['dossier'] });
      gather ??= setTimeout(() => {
        gather = undefined;
        void queries.invalidateQueries({ queryKey: ['dossiers'] });
      }, GATHER_MS);
      gatherBoard ??= setTimeout(() => {
        gatherBoard = undefined;
        void queries.invalidateQueries({ queryKey: ['watch'] });
      }, GATHER_BOARD_MS);
    };
    const run = () => {
      listen(abort.signal, onDossier)
        .catch(() => undefined)
        .finally(() => {
          setConnected(false);
          if (abort.signal.aborted) return;
          timer = setTimeout(run, retry * (0.75 + Math.random() / 2));
          retry = Math.min(retry * 2, LAST_RETRY_MS);
        });
    };
    run();
    return () => {
      abort.abort();
      clearTimeout(timer);
      clearTimeout(gather);
      clearTimeout(gatherBoard);
      setConnected(false);
    };
  }, [queries]);
}
