import { useEffect, useRef, type ReactNode } from 'react';
import css from './upkeep.module.css';

/** Takes the focus when it appears: the button that had it is gone, and whoever works by keyboard must not be lost. */
export function TakesFocus({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <div ref={place} tabIndex={-1} className={css.taken}>
      {children}
    </div>
  );
}
