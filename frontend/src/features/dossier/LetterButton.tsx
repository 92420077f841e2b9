import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import type { IssuedLetter } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { FileButton } from '@/shared/ui/FileButton';
import { letterDocument } from './api';

/** Whether whoever is signed in may look at papers with personal data in them. */
export const useMayReadLetters = (): boolean =>
  useQuery(meQuery()).data?.permissions.includes('dossiers.personal_data') ?? false;

/** Opens a numbered paper as it was issued. Who would be refused it gets no button. */
export function LetterButton(props: {
  dossierId: string;
  letter: IssuedLetter;
  autoFocus?: boolean;
  children: string;
}) {
  const { t } = useTranslation('dossier');
  const word = useWord();
  const { dossierId, letter, children } = props;
  if (!useMayReadLetters()) return null;
  return (
    <FileButton
      icon="print"
      label={t('letters.of', {
        what: children,
        name: word('dossier:letter', letter.form),
        number: letter.number,
      })}
      autoFocus={props.autoFocus}
      otherwise={`mau-${letter.form}-${letter.number}.pdf`}
      ask={() => letterDocument(dossierId, letter.id)}
    >
      {children}
    </FileButton>
  );
}
