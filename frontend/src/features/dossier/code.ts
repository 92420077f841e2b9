/** A dossier code as printed: the unit's e-code, the date, a running number. */
const CODE = /[A-Z]\d{2}(?:\.\d+)+-\d{6}-\d+/;

/** The dossier code in what a scanner typed (the bare code, or an address that holds it). */
export function codeIn(text: string): string {
  const upper = text.trim().toUpperCase();
  return CODE.exec(upper)?.[0] ?? upper;
}

/** The code, when what was typed or scanned is one and nothing else: bare, or the address on a slip. */
export function wholeCode(text: string): string | null {
  const typed = text.trim();
  const code = codeIn(typed);
  const alone = new RegExp(`^${CODE.source}$`).test(typed.toUpperCase());
  return alone || (/^https?:\/\//i.test(typed) && CODE.test(code)) ? code : null;
}
