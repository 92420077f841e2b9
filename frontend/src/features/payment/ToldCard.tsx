import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BankNotification } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { formatDateTime, formatVnd } from '@/shared/ui/format';
import { Chip, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { useTold } from './api';
import css from './payment.module.css';
import { toldTone } from './words';

/** What nobody knows whose it is comes first: of the centre's own most has been dealt with. */
const lists = ['unplaced', 'centre'] as const;
type List = (typeof lists)[number];

/** What banks and the payment platform told, and what became of it. */
export function ToldCard() {
  const { t } = useTranslation('payment');
  const [list, setList] = useState<List>('unplaced');
  return (
    <Card id="told" title={t('told.title')}>
      <div role="group" aria-label={t('told.which')} className={css.buttons}>
        {lists.map((each) => (
          <Button
            key={each}
            variant={each === list ? 'filled' : 'default'}
            aria-pressed={each === list}
            onClick={() => setList(each)}
          >
            {t(`told.list.${each}`)}
          </Button>
        ))}
      </div>
      <p className="small soft">{t(`told.lead.${list}`)}</p>
      {/* Nothing of the one list stays under the other's name, nor its page. */}
      <Told key={list} list={list} />
    </Card>
  );
}

/** An amount as a bank wrote it: with points where it is whole đồng, else as it came. */
const written = (amount: string) => (/^\d{1,15}$/.test(amount) ? formatVnd(Number(amount)) : amount);

function Told({ list }: { list: List }) {
  const { t } = useTranslation('payment');
  const [cursor, setCursor] = useState<string>();
  const told = useTold(list === 'unplaced', cursor);
  return (
    <>
      {told.isPending && <Loading rows={3} />}
      {told.isError && <ProblemNotice error={told.error} onRetry={() => void told.refetch()} />}
      {told.data?.items.length === 0 && <p className="soft">{t('told.none')}</p>}
      {told.data && told.data.items.length > 0 && (
        <ul className={css.due}>
          {told.data.items.map((n) => (
            <Line key={n.id} told={n} />
          ))}
        </ul>
      )}
      <Pager next={told.data?.next} prev={told.data?.prev} onGo={setCursor} />
    </>
  );
}

function Line({ told }: { told: BankNotification }) {
  const { t } = useTranslation('payment');
  const word = useWord();
  const [tone, icon] = toldTone[told.state];
  return (
    <li>
      <div>
        <p>
          <Chip tone={tone} icon={icon}>
            {t(`told.state.${told.state}`)}
          </Chip>{' '}
          <span className="small soft">
            {word('payment:told.adapter', told.adapter)} · {formatDateTime(told.received_at)}
          </span>
        </p>
        {told.reason && <p>{word('payment:told.reason', told.reason)}</p>}
        <p className="small soft">
          {[
            told.bank_reference,
            told.reference && t('told.reference', { reference: told.reference }),
            told.account_number && t('told.account', { number: told.account_number }),
            told.amount && t('told.amount', { amount: written(told.amount) }),
          ]
            .filter(Boolean)
            .join(' · ') || t('told.unreadable')}
        </p>
      </div>
    </li>
  );
}
