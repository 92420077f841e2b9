import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeaveEntry, Me, PersonRef } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { balancesQuery } from './api';
import { CorrectDialog } from './CorrectDialog';
import { Ledger } from './Ledger';
import css from './roster.module.css';
import { useWords } from './useWords';
import { byGivenName } from './week';

/** What is left of compensatory leave: one's own with its entries, or everybody's for who plans. */
export function LeaveCard(props: {
  me: Me;
  plans: boolean;
  onTake: (user: PersonRef) => void;
  onCorrected: () => void;
}) {
  const { t } = useTranslation('roster');
  const words = useWords();
  const balances = useQuery(balancesQuery());
  const own = balances.data?.items.find((b) => b.user.id === props.me.id);
  return (
    <Card id="leave" title={t(props.plans ? 'leave.title' : 'leave.titleOwn')}>
      <div className={css.stack}>
        <p className="soft">{t('leave.lead')}</p>
        {balances.isPending && <Loading rows={2} />}
        {balances.isError && <ProblemNotice error={balances.error} onRetry={() => void balances.refetch()} />}
        {balances.data &&
          (props.plans ? (
            <Everybody {...props} />
          ) : (
            <>
              <p className={css.balance}>
                {t('leave.left', { left: words.left(own?.balance_minutes ?? 0) })}
              </p>
              <Ledger user={props.me.id} />
            </>
          ))}
      </div>
    </Card>
  );
}

function Everybody(props: { me: Me; onTake: (user: PersonRef) => void; onCorrected: () => void }) {
  const { t } = useTranslation('roster');
  const words = useWords();
  const [looked, setLooked] = useState<PersonRef | null>(null);
  const [wrong, setWrong] = useState<LeaveEntry | null>(null);
  const found = useQuery(balancesQuery()).data?.items ?? [];
  if (found.length === 0) return <p className="soft">{t('leave.none')}</p>;
  const left = new Map(found.map((b) => [b.user.id, b.balance_minutes]));
  return (
    <>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key */}
      <div className={ui.tableWrap} role="group" aria-labelledby="leave-title" tabIndex={0}>
        <table className={ui.table}>
          <thead>
            <tr>
              <th scope="col">{t('leave.person')}</th>
              <th scope="col" className={ui.num}>
                {t('leave.balance')}
              </th>
              <th scope="col">
                <span className="sr-only">{t('leave.what')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {byGivenName(found.map((b) => b.user)).map((user) => (
              <tr key={user.id}>
                <td>{user.full_name}</td>
                <td className={ui.num}>{words.left(left.get(user.id) ?? 0)}</td>
                <td>
                  <span className={css.tools}>
                    <Button
                      size="compact-md"
                      variant="default"
                      aria-haspopup="dialog"
                      aria-label={t('leave.bookOf', { name: user.full_name })}
                      onClick={() => setLooked(user)}
                    >
                      {t('leave.book')}
                    </Button>
                    <Button
                      size="compact-md"
                      variant="default"
                      aria-haspopup="dialog"
                      aria-label={t('leave.takeOf', { name: user.full_name })}
                      onClick={() => props.onTake(user)}
                    >
                      {t('leave.take')}
                    </Button>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {looked && (
        <Dialog wide title={t('leave.bookTitle', { name: looked.full_name })} onClose={() => setLooked(null)}>
          <Ledger
            user={looked.id}
            corrector={props.me.id}
            onCorrect={(entry) => {
              setLooked(null);
              setWrong(entry);
            }}
          />
        </Dialog>
      )}
      {wrong && (
        <CorrectDialog
          entry={wrong}
          onClose={() => setWrong(null)}
          onDone={() => {
            setWrong(null);
            props.onCorrected();
          }}
        />
      )}
    </>
  );
}
