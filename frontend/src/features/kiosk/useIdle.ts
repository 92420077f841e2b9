import { useEffect, useRef, useState } from 'react';

/** After so long without a touch or a key somebody is taken to have gone. */
const AWAY_MS = 45_000;
/** So many of the last seconds are counted before everybody's eyes. */
const COUNTED_S = 10;
const TICK_MS = 250;
const SIGNS = ['pointerdown', 'keydown', 'input', 'wheel'] as const;

/**
 * Whoever has begun and then does nothing has gone: `onAway`. Told are the seconds that are left, when few are.
 * Where nothing was begun nobody can go; `begun`: something stands there that is not to be left standing.
 */
export function useIdle(
  on: boolean,
  onAway: () => void,
  { awayMs = AWAY_MS, begun = false } = {},
): { left: number | null; stay: () => void } {
  const [left, setLeft] = useState<number | null>(null);
  const away = useRef(onAway);
  const stay = useRef<() => void>(() => undefined);
  useEffect(() => {
    away.current = onAway;
  });
  useEffect(() => {
    if (!on) return;
    let last: number | null = begun ? Date.now() : null;
    const here = () => {
      last = Date.now();
      setLeft(null);
    };
    // What counts the seconds is not taken away under the finger that presses its button: the button says so itself.
    const sign = ({ target }: Event) => {
      if (!(target instanceof Element) || !target.closest('[data-idle]')) here();
    };
    stay.current = here;
    const timer = setInterval(() => {
      if (last === null) return;
      const rest = Math.ceil((awayMs - (Date.now() - last)) / 1000);
      if (rest <= 0) {
        last = null;
        setLeft(null);
        away.current();
      } else if (rest <= COUNTED_S) setLeft(rest);
    }, TICK_MS);
    for (const kind of SIGNS) window.addEventListener(kind, sign, { capture: true, passive: true });
    return () => {
      clearInterval(timer);
      setLeft(null);
      for (const kind of SIGNS) window.removeEventListener(kind, sign, { capture: true });
    };
  }, [on, awayMs, begun]);
  return { left, stay: () => stay.current() };
}
