import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Absence } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { formatDateTime } from '@/shared/ui/format';
import { Chip, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import ui from '@/shared/ui/ui.module.css';
import { absencesQuery, useCancelAbsence } from './api';
import { useWords } from './useWords';

/** Who is away: everybody for who plans, else oneself. */
export function AbsencesCard({ plans, onCancelled }: { plans: boolean; onCancelled: () => void }) {
  const { t } = useTranslation('roster');
  const words = useWords();
  const [cursor, setCursor] = useState<string>();
  const list = useQuery(absencesQuery(cursor));
  const [asked, setAsked] = useState<Absence | null>(null);
  return (
    <Card id="absences" title={t(plans ? 'absence.list' : 'absence.listOwn')}>
      {list.isPending && <Loading rows={3} />}
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <p className="soft">{t('absence.none')}</p>}
      {list.data && list.data.items.length > 0 && (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
        <div className={ui.tableWrap} role="group" aria-labelledby="absences-title" tabIndex={0}>
          <table className={`${ui.table} ${ui.wide}`}>
            <thead>
              <tr>
                {plans && <th scope="col">{t('absence.person')}</th>}
                <th scope="col">{t('absence.days')}</th>
                <th scope="col">{t('absence.kind')}</th>
                <th scope="col">{t('absence.entered')}</th>
                <th scope="col">{t('absence.state')}</th>
              </tr>
            </thead>
            <tbody>
              {list.data.items.map((a) => (
                <tr key={a.id}>
                  {plans && <td>{a.user.full_name}</td>}
                  <td>{words.span(a)}</td>
                  <td>{t(`absence.kinds.${a.kind}`)}</td>
                  <td>
                    {a.entered_by.full_name}
                    <div className="small soft">{formatDateTime(a.entered_at)}</div>
                  </td>
                  <td>
                    {a.cancelled ? (
                      <Chip icon="cross">{t('absence.cancelled')}</Chip>
                    ) : (
                      plans && (
                        <Button
                          size="compact-md"
                          variant="default"
                          aria-haspopup="dialog"
                          aria-label={t('absence.cancelOf', { name: a.user.full_name, days: words.span(a) })}
                          onClick={() => setAsked(a)}
                        >
                          {t('absence.cancel')}
                        </Button>
                      )
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager next={list.data?.next} prev={list.data?.prev} onGo={setCursor} />
      {asked && (
        <CancelDialog
          absence={asked}
          onClose={() => setAsked(null)}
          onDone={() => {
            setAsked(null);
            onCancelled();
          }}
        />
      )}
    </Card>
  );
}

function CancelDialog(props: { absence: Absence; onDone: () => void; onClose: () => void }) {
  const { t } = useTranslation('roster');
  const words = useWords();
  const { absence } = props;
  const cancel = useCancelAbsence();
  return (
    <Dialog title={t('absence.cancelAsk')} onClose={props.onClose}>
      <p>{t('absence.cancelText', { name: absence.user.full_name, days: words.span(absence) })}</p>
      {cancel.isError && <ProblemNotice error={cancel.error} />}
      <div className={ui.dialogTools}>
        <Button
          color="red"
          loading={cancel.isPending}
          onClick={() => cancel.mutate(absence.id, { onSuccess: props.onDone })}
        >
          {t('absence.cancelYes')}
        </Button>
        <Button variant="default" onClick={props.onClose}>
          {t('absence.cancelNo')}
        </Button>
      </div>
    </Dialog>
  );
}
