import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import intake from '@/features/intake/intake.module.css';
import type { Certification } from '@/shared/api/types';
import { formatVnd } from '@/shared/ui/format';
import { Page } from '@/shared/ui/Page';
import css from './certification.module.css';
import { numbersInWords } from './state';

/** The numbers to write on the papers, what to collect, and on to the next person (Enter). */
export function CertifiedPanel(props: {
  certification: Certification;
  authorityId: string;
  onNext: () => void;
}) {
  const { t } = useTranslation('certification');
  const { entries, total_vnd, kind } = props.certification;
  return (
    <Page title={t('done.title')} ownFocus>
      <div className={intake.done} role="status">
        <p className="soft">{t('done.numbers')}</p>
        <p className={intake.bigCode}>{numbersInWords(entries)}</p>
        <p>
          {t('done.collect')}: <strong>{formatVnd(total_vnd)}</strong>
        </p>
      </div>
      <ol className={css.entries}>
        {entries.map((e) => (
          <li key={e.id}>
            <strong>{e.number}</strong>
            <span>{e.document_name}</span>
            <span className="soft">
              {kind === 'copy' ? t('sum.copies', { count: e.copies }) : t('sum.cases', { count: e.copies })}
            </span>
            <span>{formatVnd(e.fee_vnd)}</span>
          </li>
        ))}
      </ol>
      <div className={intake.doneActions}>
        <Button size="md" autoFocus onClick={props.onNext}>
          {t('done.next')}
        </Button>
        <Link to="/dossiers/$id" params={{ id: props.certification.dossier_id }}>
          {t('done.open')}
        </Link>
        <Link
          to="/certification-book"
          search={{ kind: kind === 'signature' ? 'signature' : undefined, authority: props.authorityId }}
        >
          {t('done.book')}
        </Link>
      </div>
    </Page>
  );
}
