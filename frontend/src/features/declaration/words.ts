import type { DeclarationFormItem, DeclarationState, Me } from '@/shared/api/types';
import { foldVi } from '@/shared/ui/fold';
import type { IconName } from '@/shared/ui/Icon';
import type { Tone } from '@/shared/ui/Notice';

export const states = ['draft', 'read_back', 'signed'] as const satisfies DeclarationState[];

export const stateLook = {
  draft: { tone: 'soon', icon: 'edit' },
  read_back: { tone: 'accent', icon: 'speech' },
  signed: { tone: 'good', icon: 'check' },
} as const satisfies Record<DeclarationState, { tone: Tone; icon: IconName }>;

/** What the list is narrowed by, as it stands in an address. */
export interface DeclarationSearch {
  dossier?: string;
  state?: DeclarationState;
  cursor?: string;
}

export function readDeclarationSearch(raw: Record<string, unknown>): DeclarationSearch {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const search: DeclarationSearch = {
    dossier: text(raw.dossier),
    state: states.find((state) => state === raw.state),
    cursor: text(raw.cursor),
  };
  return Object.fromEntries(Object.entries(search).filter(([, v]) => v !== undefined));
}

/** Whoever takes dossiers in writes declarations for those who bring them. */
export const mayWrite = (me: Pick<Me, 'roles'> | undefined): boolean =>
  me?.roles.some(({ role }) => role === 'reception') ?? false;

/** Forms in whose names, code or procedures all the words stand, typed with or without marks. */
export function findForms(items: DeclarationFormItem[], typed: string): DeclarationFormItem[] {
  const words = foldVi(typed).split(/\s+/).filter(Boolean);
  return items.filter((item) => {
    const text = foldVi([item.title.vi, item.title.en, item.number, ...item.procedures].join(' '));
    return words.every((word) => text.includes(word));
  });
}

/** The forms of a procedure. */
export const formsFor = (items: DeclarationFormItem[], procedure: string): DeclarationFormItem[] =>
  items.filter((item) => item.procedures.includes(procedure));
