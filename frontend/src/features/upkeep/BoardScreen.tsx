import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { publicProceduresQuery } from '@/features/catalogue/api';
import { publicCentresQuery } from '@/features/centre/api';
import { serverNow } from '@/shared/api/session';
import { formatDate, localDate } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Page } from '@/shared/ui/Page';
import { boardOf } from './board';
import { BoardTable } from './BoardTable';
import css from './board.module.css';

/** What a ward must post: every procedure it receives, made from the catalogue, for the wall and for the web. */
export function BoardScreen() {
  const { t } = useTranslation('upkeep');
  const list = useQuery(publicProceduresQuery(''));
  const procedures = list.data?.items ?? [];
  const centres = useQuery(publicCentresQuery()).data?.items ?? [];
  return (
    <Page
      title={t('board.title')}
      lead={
        <>
          {t('board.lead')} <span className="no-print">{t('board.hint')}</span>
        </>
      }
      aside={
        <span className="no-print">
          <Button leftSection={<Icon name="print" />} disabled={!list.data} onClick={() => window.print()}>
            {t('board.print')}
          </Button>
        </span>
      }
    >
      {list.isPending && <Loading rows={10} />}
      {list.error && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && procedures.length === 0 && <Empty icon="book" title={t('board.none')} />}
      {procedures.length > 0 && (
        <div className={css.board}>
          <p className={css.about}>
            <span>{t('board.updated', { date: formatDate(localDate(serverNow())) })}</span>
            <span>{t('board.total', { count: procedures.length })}</span>
          </p>
          {centres.map((centre) => (
            <ul key={centre.name} className={css.places} aria-label={t('board.places')}>
              {[centre, ...centre.points].map((place) => (
                <li key={place.name}>
                  {[place.name, place.address, place.phone && t('board.phone', { phone: place.phone })]
                    .filter(Boolean)
                    .join(' · ')}
                </li>
              ))}
            </ul>
          ))}
          <p className={css.legend}>{t('board.legend')}</p>
          <BoardTable fields={boardOf(procedures)} />
        </div>
      )}
      <p className="no-print">
        <Link to="/thu-tuc">{t('board.all')}</Link>
      </p>
    </Page>
  );
}
