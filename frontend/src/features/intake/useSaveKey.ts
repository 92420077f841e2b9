import { useEffect, useEffectEvent } from 'react';
import { flushSync } from 'react-dom';

/** Ctrl+S from anywhere on the page, but not from behind a question that is to be answered first. */
export function useSaveKey(save: () => void): void {
  const saveNow = useEffectEvent(save);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      if (event.repeat || document.querySelector('[aria-modal="true"]')) return;
      // A field that is read when it is left is read first.
      const field = document.activeElement;
      if (field instanceof HTMLInputElement) {
        field.blur();
        field.focus();
      }
      // What is found missing must be marked before the focus can go there.
      setTimeout(() => flushSync(() => saveNow()));
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
