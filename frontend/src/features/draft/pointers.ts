/** Complaints about a whole list or object stand beside the field by which it is answered. */
const STANDS_AT: Record<string, string> = {
  announcing_decision: 'announcing_decision/number',
  ending_decision: 'ending_decision/number',
  'local/decision': 'local/decision/number',
  components: 'components/new',
  fees: 'fees/new',
  'workflow/decision': 'workflow/decision/number',
  'workflow/steps': 'workflow/steps/new',
};

/** The name of the field in which the server's complaint at `pointer` is answered. */
export function fieldOf(pointer: string): string {
  const at = pointer.replace(/^#?\//, '');
  const standsAt = STANDS_AT[at];
  if (standsAt) return standsAt;
  return at
    .replace(/(exemptions\/\d+)\/id$/, '$1/text')
    .replace(/((?:components|fees|steps)\/\d+)\/id$/, '$1/name')
    .replace(/\/rule\/type$/, '/rule');
}

/**
 * Whether a change at `changed` answers a complaint at `field`: there, inside, or about what it is part of. A list is
 * complained of beside what adds to it, and answered by whatever changes in it.
 */
export const answers = (changed: string, field: string) =>
  field === changed ||
  field.startsWith(`${changed}/`) ||
  changed.startsWith(`${field}/`) ||
  field === `${changed}/new` ||
  (field.endsWith('/new') && changed.startsWith(field.slice(0, -'new'.length)));

/** Puts the focus on a field, or where there is none of that name, on the nearest thing that it is part of. */
export function focusField(root: HTMLElement, field: string): void {
  for (let at = field; at !== ''; at = at.slice(0, Math.max(at.lastIndexOf('/'), 0))) {
    const found =
      root.querySelector<HTMLElement>(`[name="${CSS.escape(at)}"]`) ??
      root.querySelector<HTMLElement>(`[name^="${CSS.escape(at)}/"]`);
    if (found) {
      found.focus();
      found.scrollIntoView({ block: 'center' });
      return;
    }
  }
}
