import type { KeyboardEvent } from 'react';

const FIELDS = 'input, select, textarea, [data-enter-stop]';

const reachable = (el: HTMLElement) =>
  !el.hasAttribute('disabled') && el.tabIndex >= 0 && el.getClientRects().length > 0;

/** An unchecked radio of a group that has a checked one is passed over, as with Tab. */
const passedOver = (el: HTMLElement, root: HTMLElement) =>
  el instanceof HTMLInputElement &&
  el.type === 'radio' &&
  !el.checked &&
  root.querySelector(`input[type=radio][name="${CSS.escape(el.name)}"]:checked`) !== null;

/** Puts the focus on the field after `from`; a number or text in it is selected, so that typing replaces it. */
export function focusNext(root: HTMLElement, from: Element): void {
  const fields = [...root.querySelectorAll<HTMLElement>(FIELDS)].filter(
    (el) => reachable(el) && !passedOver(el, root),
  );
  const next = fields.find((el) => from.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING);
  next?.focus();
  if (next instanceof HTMLInputElement && /^(text|search|tel|email|number)$/.test(next.type)) next.select();
}

/** Enter goes to the next field instead of sending the form; Ctrl+Enter sends it. */
export function enterMoves(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || event.defaultPrevented || event.nativeEvent.isComposing) return;
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    event.currentTarget.requestSubmit();
    return;
  }
  if (target.matches('textarea, button, summary, a')) return;
  event.preventDefault();
  focusNext(event.currentTarget, target);
}
