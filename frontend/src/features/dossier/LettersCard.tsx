import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Dossier, IssuedLetter } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { FileButton } from '@/shared/ui/FileButton';
import { formatDateTime } from '@/shared/ui/format';
import { Card } from '@/shared/ui/Page';
import { controlSlipDocument } from './api';
import css from './dossier.module.css';
import { LetterButton, useMayReadLetters } from './LetterButton';

/** The numbered papers, each as it was issued, and the control slip as it stands now. Neither: no card. */
export function LettersCard({ dossier: { id, code, letters } }: { dossier: Dossier }) {
  const { t } = useTranslation('dossier');
  const may = useMayReadLetters();
  if (letters.length === 0 && !code) return null;
  return (
    <Card id="letters" title={t('letters.title')}>
      <ul className={`${css.letters} plain`}>
        {letters.map((letter) => (
          <li key={letter.id}>
            <div>
              <Name id={id} letter={letter} />
              <p className="small soft">
                {t('letterNumber', { number: letter.number })} · {formatDateTime(letter.issued_at)}
              </p>
            </div>
            <LetterButton dossierId={id} letter={letter}>
              {t('letters.document')}
            </LetterButton>
          </li>
        ))}
        {code && (
          <li>
            <div>
              <p>{t('letter.06')}</p>
              <p className="small soft">{t('letters.controlNote')}</p>
            </div>
            <FileButton
              icon="print"
              label={t('letters.ofControl', { what: t('letters.document'), name: t('letter.06') })}
              otherwise={`phieu-kiem-soat-${code}.pdf`}
              ask={() => controlSlipDocument(id)}
            >
              {t('letters.document')}
            </FileButton>
          </li>
        )}
      </ul>
      {may && letters.length > 0 && <p className="small soft">{t('letters.recorded')}</p>}
    </Card>
  );
}

function Name({ id, letter }: { id: string; letter: IssuedLetter }) {
  const word = useWord();
  const name = word('dossier:letter', letter.form);
  if (letter.form !== '01') return <p>{name}</p>;
  return (
    <p>
      <Link to="/dossiers/$id/slip" params={{ id }} search={{ number: letter.number }}>
        {name}
      </Link>
    </p>
  );
}
