import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery } from '@/features/catalogue/api';
import { AskDialog } from '@/features/payment/AskDialog';
import type { ReceiptSeries } from '@/shared/api/types';
import { capital, formatDateTime } from '@/shared/ui/format';
import { Chip, Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { useEndSeries, useSeries } from './api';
import css from './receipt.module.css';
import { SeriesForm } from './SeriesForm';
import { useMay } from './useMay';

/** The series that receipts run in: one of each authority and sort of money is open at a time. */
export function SeriesCard(props: { cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation('receipt');
  const series = useSeries(props.cursor);
  const manages = useMay('payments.receipts');
  return (
    <Card id="series" title={t('series.title')}>
      <div className={css.body}>
        <p className="small soft">{t('series.lead')}</p>
        {series.isPending && <Loading rows={5} />}
        {series.isError && <ProblemNotice error={series.error} onRetry={() => void series.refetch()} />}
        {series.data?.items.length === 0 && <Empty icon="receipt" title={t('series.none')} />}
        {series.data && series.data.items.length > 0 && (
          <ul className={css.lines}>
            {series.data.items.map((s) => (
              <Line key={s.id} series={s} manages={manages} />
            ))}
          </ul>
        )}
        <Pager next={series.data?.next} prev={series.data?.prev} onGo={props.onGo} />
        {manages && <SeriesForm />}
      </div>
    </Card>
  );
}

function Line({ series, manages }: { series: ReceiptSeries; manages: boolean }) {
  const { t } = useTranslation(['receipt', 'fee']);
  const authority = useQuery(authoritiesQuery()).data?.items.find((a) => a.id === series.authority_id)?.name;
  const [ending, setEnding] = useState(false);
  return (
    <li>
      <div>
        <p>
          <span className="code">{series.serial_symbol}</span>{' '}
          {series.ended_at ? (
            <Chip>{t('series.ended')}</Chip>
          ) : (
            <Chip tone="good" icon="check">
              {t('series.open')}
            </Chip>
          )}
        </p>
        <p>
          {[
            capital(t(`fee:kind.${series.kind}`)),
            t(`medium.${series.medium}`),
            t('formOf', { symbol: series.form_symbol }),
          ].join(' · ')}
        </p>
        <p lang="vi">
          {[authority !== series.body_name && authority, series.body_name, series.address]
            .filter(Boolean)
            .join(' – ')}
        </p>
        <p className="small soft">
          {t('series.taxOf', { code: series.tax_code })}
          {' · '}
          <span lang="vi">{series.source}</span>
          {' · '}
          {t('series.opened', { name: series.opened_by.full_name, at: formatDateTime(series.opened_at) })}
          {series.ended_by &&
            series.ended_at &&
            ` · ${t('series.endedBy', { name: series.ended_by.full_name, at: formatDateTime(series.ended_at) })}`}
        </p>
      </div>
      {manages && !series.ended_at && (
        <div className={css.take}>
          <Button
            variant="default"
            aria-label={t('series.endOf', { name: series.serial_symbol, body: series.body_name })}
            onClick={() => setEnding(true)}
          >
            {t('series.end')}
          </Button>
        </div>
      )}
      {ending && <EndDialog series={series} onClose={() => setEnding(false)} />}
    </li>
  );
}

function EndDialog({ series, onClose }: { series: ReceiptSeries; onClose: () => void }) {
  const { t } = useTranslation(['receipt', 'fee']);
  const end = useEndSeries();
  return (
    <AskDialog
      title={t('series.endOf', { name: series.serial_symbol, body: series.body_name })}
      yes={t('series.endYes')}
      step={end}
      onSend={() => end.mutate(series, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t('series.ask')}</p>
      <Facts
        items={[
          [
            t('series.body_name'),
            <span key="b" lang="vi">
              {series.body_name}
            </span>,
          ],
          [t('series.kind'), capital(t(`fee:kind.${series.kind}`))],
          [t('series.form_symbol'), series.form_symbol],
        ]}
      />
    </AskDialog>
  );
}
