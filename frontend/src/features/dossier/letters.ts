import type { Dossier, IssuedLetter } from '@/shared/api/types';

/** The paper a step has issued. Not the slip: it is printed on its own page, for both sides. */
export const issuedBy = (before: Dossier, after: Dossier): IssuedLetter | undefined =>
  after.letters.find((l) => l.form !== '01' && !before.letters.some((b) => b.id === l.id));

/** The paper of a form that was issued last. */
export const newestOf = (dossier: Dossier, form: string): IssuedLetter | undefined =>
  dossier.letters.filter((l) => l.form === form).at(-1);
