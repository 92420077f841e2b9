import { useTranslation } from 'react-i18next';
import { formatDateTime, formatVnd } from '@/shared/ui/format';
import { Chip, Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { useMissing } from './api';
import css from './statement.module.css';

/** Money that the bank told of in the days of a statement, and that stands on none: to be asked of the bank. */
export function MissingCard(props: {
  id: string;
  done: boolean;
  cursor?: string;
  onGo: (cursor: string) => void;
}) {
  const { t } = useTranslation(['statement', 'payment']);
  const missing = useMissing(props.id, props.done, props.cursor);
  return (
    <Card id="missing" title={t('class.missing')}>
      <p className={`small soft ${css.hint}`}>{t('hint.missing')}</p>
      {!props.done && <Empty icon="clock" title={t('line.noneYet')} />}
      {props.done && missing.isPending && <Loading rows={4} />}
      {missing.isError && <ProblemNotice error={missing.error} onRetry={() => void missing.refetch()} />}
      {missing.data?.items.length === 0 && <Empty icon="check" title={t('missing.none')} />}
      {missing.data && missing.data.items.length > 0 && (
        <ul className={css.missing}>
          {missing.data.items.map((money) => (
            <li key={money.id}>
              <p>
                <strong className="num">{formatVnd(money.amount_vnd)}</strong>{' '}
                <Chip>{t(`payment:moneyState.${money.state}`)}</Chip>
              </p>
              <p lang="vi">{[money.description, money.payer_name].filter(Boolean).join(' – ')}</p>
              <p className="small soft">
                {t('payment:money.booked', {
                  at: formatDateTime(money.booked_at),
                  reference: money.bank_reference,
                })}
              </p>
            </li>
          ))}
        </ul>
      )}
      <Pager next={missing.data?.next} prev={missing.data?.prev} onGo={props.onGo} />
    </Card>
  );
}
