import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TillClosingDetails } from '@/shared/api/types';
import { formatDate, formatDateTime, formatVnd, groupVnd } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts, Page } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { closingQuery } from './api';
import css from './closing.module.css';
import { DifferenceChip } from './DifferenceChip';
import { Documents } from './Documents';
import { LinesTable } from './LinesTable';
import { SumsTable } from './SumsTable';
import { WeighedTable } from './WeighedTable';
import { formatSpan, named, weigh, worthOf } from './words';

/** One closing: what it was closed over, what was counted, and every collection. */
export function ClosingScreen({ id }: { id: string }) {
  const { t } = useTranslation('closing');
  const closing = useQuery(closingQuery(id));
  return (
    <Page
      title={t('one.title')}
      lead={t('one.lead')}
      aside={
        <Link to="/closing" search={{}} className={css.back}>
          <Icon name="left" size={16} />
          {t('one.all')}
        </Link>
      }
    >
      {closing.isPending && <Loading rows={8} />}
      {closing.isError && <ProblemNotice error={closing.error} onRetry={() => void closing.refetch()} />}
      {closing.data && <Found closing={closing.data} />}
    </Page>
  );
}

function Found({ closing }: { closing: TillClosingDetails }) {
  const { t } = useTranslation('closing');
  const { sums, card_vnd = null, cash_notes } = closing;
  const weighed = weigh(sums, { card: card_vnd, cash: cash_notes ? worthOf(cash_notes) : null });
  return (
    <>
      <Card id="closing" title={t('named', named(closing))}>
        <div className={css.body}>
          <div className={css.facts}>
            <Facts
              items={[
                [t('list.cashier'), closing.cashier.full_name],
                [t('close.counter'), closing.counter_name],
                [t('day'), formatDate(closing.day)],
                [t('span'), formatSpan(closing.first_at, closing.last_at)],
                [t('list.at'), formatDateTime(closing.closed_at)],
              ]}
            />
            <Facts
              items={[
                [t('count'), groupVnd(closing.lines_count)],
                [t('collected'), <strong key="c">{formatVnd(closing.collected_vnd)}</strong>],
                [t('weighed.difference'), <DifferenceChip key="d" difference={closing.difference_vnd} />],
                [
                  t('close.reason'),
                  closing.reason && (
                    <span key="r" lang="vi">
                      {closing.reason}
                    </span>
                  ),
                ],
              ]}
            />
          </div>
          <Documents closing={closing} />
        </div>
      </Card>
      <Card id="sums" title={t('sums.title')}>
        <SumsTable sums={sums} label="sums-title" />
      </Card>
      {weighed.length > 0 && (
        <Card id="weighed" title={t('weighed.title')}>
          <div className={css.body}>
            <WeighedTable weighed={weighed} label="weighed-title" />
            {cash_notes && <Notes notes={cash_notes} />}
          </div>
        </Card>
      )}
      <Card id="lines" title={t('line.title')}>
        <LinesTable lines={closing.lines} count={closing.lines_count} label="lines-title" />
      </Card>
    </>
  );
}

/** The notes that were in the drawer. */
function Notes({ notes }: { notes: NonNullable<TillClosingDetails['cash_notes']> }) {
  const { t } = useTranslation('closing');
  const found = notes.filter((n) => n.count > 0);
  if (found.length === 0) return <p className="soft">{t('notes.none')}</p>;
  return (
    <div>
      <h3 id="notes-title">{t('notes.title')}</h3>
      <table className={`${ui.table} ${css.counted}`} aria-labelledby="notes-title">
        <thead>
          <tr>
            {(['value', 'count', 'worth'] as const).map((column) => (
              <th key={column} scope="col" className="num">
                {t(`notes.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.map((n) => (
            <tr key={n.value_vnd}>
              <th scope="row" className="num">
                {formatVnd(n.value_vnd)}
              </th>
              <td className="num">{groupVnd(n.count)}</td>
              <td className="num">{formatVnd(n.value_vnd * n.count)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2} className="num">
              {t('notes.all')}
            </th>
            <td className="num">
              <strong>{formatVnd(worthOf(notes))}</strong>
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
