/** Where the focus was when somebody last did something: followed a link, pressed a button. */
let acted: Element | null = null;

function remember() {
  acted = document.activeElement;
}

for (const event of ['keydown', 'click'] as const)
  document.addEventListener(event, remember, { capture: true });

/**
 * Puts the focus on a page's heading, unless somebody has gone on by keyboard while the page was on its way:
 * what they have reached meanwhile must not be taken from under the next key.
 */
export function readFrom(heading: HTMLElement | null): void {
  const now = document.activeElement;
  const stayed = !now || now === document.body || now === acted;
  if (stayed) heading?.focus({ preventScroll: true });
}
