import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { BeginForDossier } from '@/features/declaration/OfDossier';
import { SlipSheets } from '@/features/letter/SlipSheets';
import type { Dossier } from '@/shared/api/types';
import { formatDate, formatTime, formatWeekday } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Page } from '@/shared/ui/Page';
import css from './intake.module.css';

/** After acceptance: the code to read out, the slip to print (Enter), the next person. */
export function SuccessPanel(props: {
  dossier: Dossier;
  onNext: () => void;
  /** Another dossier of the same person: it goes on the same slip. */
  onAnother: () => void;
}) {
  const { dossier, onNext } = props;
  const { t, i18n } = useTranslation('intake');
  const accepted = Boolean(dossier.code);
  // A result given on the spot needs no slip (Decree 61/2018, Article 17.4).
  const slip = dossier.letters.some((l) => l.form === '01');
  const title =
    dossier.state === 'returned' ? t('done.onTheSpot') : accepted ? t('done.accepted') : t('done.checking');
  return (
    <Page title={title} ownFocus>
      <div className={`${css.done} no-print`} role="status">
        <p className="soft">{accepted ? t('done.code') : t('done.number')}</p>
        <p className={css.bigCode}>{dossier.code ?? dossier.submission_number}</p>
        <p>
          {dossier.owner.full_name} – {dossier.procedure.name}
        </p>
        {dossier.due_at && dossier.state !== 'returned' && (
          <p>
            {t('done.due')}{' '}
            <strong>
              {formatTime(dossier.due_at)}, {formatWeekday(dossier.due_at, i18n.language)}{' '}
              {formatDate(dossier.due_at)}
            </strong>
          </p>
        )}
      </div>
      <div className={`${css.doneActions} no-print`}>
        {slip && (
          // Enter prints: the officer's hands stay on the keyboard.
          <Button autoFocus size="md" leftSection={<Icon name="print" />} onClick={() => window.print()}>
            {t('done.print')}
          </Button>
        )}
        <Button size="md" variant={slip ? 'default' : 'filled'} autoFocus={!slip} onClick={onNext}>
          {t('done.next')}
        </Button>
        <Button size="md" variant="default" onClick={props.onAnother}>
          {t('done.another')}
        </Button>
        <BeginForDossier dossier={dossier} size="md" />
        <Link to="/dossiers/$id" params={{ id: dossier.id }}>
          {t('done.open')}
        </Link>
      </div>
      {slip && <SlipSheets id={dossier.id} both />}
    </Page>
  );
}
