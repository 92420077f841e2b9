import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatDateTime } from '@/shared/ui/format';
import { Chip, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { disposalQuery, useApprove, useReject } from './api';
import css from './personal.module.css';

/** One list: what stands on it, who approved it, and the two things that can be done about it. */
export function DisposalCard(props: { id: string; mayApprove: boolean; onBack: () => void }) {
  const { t } = useTranslation('personal');
  const found = useQuery(disposalQuery(props.id));
  const approve = useApprove();
  const reject = useReject();
  const [reason, setReason] = useState('');
  if (found.isError) return <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const { list, dossiers } = found.data;
  const waits = list.state === 'proposed' || list.state === 'approved_once';
  const outcome = (o: string | null | undefined) =>
    o === 'disposed' ? t('retention.disposed') : o === 'held' ? t('retention.held') : t('retention.waiting');
  return (
    <Card
      id="list"
      title={t('retention.one', { at: formatDateTime(list.proposed_at) })}
      aside={<Chip>{t(`retention.stateOf.${list.state}`)}</Chip>}
    >
      <div className={css.stack}>
        <p>
          {t('retention.count', { count: dossiers.length })} · {t('retention.proposedBy')}:{' '}
          {list.proposed_by.full_name}
          {list.first_approved_by && ` · ${t('retention.first', { name: list.first_approved_by.full_name })}`}
          {list.closed_by && ` · ${t('retention.closed', { name: list.closed_by.full_name })}`}
        </p>
        {list.reason && <p className="soft">{list.reason}</p>}
        {props.mayApprove && list.state === 'approved_once' && (
          <Notice tone="soon" title={t('retention.warning')} />
        )}
        {approve.isError && <ProblemNotice error={approve.error} />}
        {reject.isError && <ProblemNotice error={reject.error} />}
        {props.mayApprove && waits && (
          <div className={css.form}>
            <Button loading={approve.isPending} onClick={() => approve.mutate(list.id)}>
              {list.state === 'approved_once' ? t('retention.approveLast') : t('retention.approve')}
            </Button>
            <form
              className={css.stack}
              onSubmit={(e) => {
                e.preventDefault();
                reject.mutate({ id: list.id, reason: reason.trim() });
              }}
            >
              <TextInput
                required
                label={t('retention.reason')}
                maxLength={500}
                value={reason}
                onChange={(e) => setReason(e.currentTarget.value)}
              />
              <Button type="submit" variant="default" loading={reject.isPending}>
                {t('retention.reject')}
              </Button>
            </form>
          </div>
        )}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key */}
        <div className={ui.tableWrap} role="group" aria-labelledby="list-title" tabIndex={0}>
          <table className={`${ui.table} ${ui.wide}`}>
            <thead>
              <tr>
                <th scope="col">{t('retention.dossier')}</th>
                <th scope="col">{t('retention.procedureName')}</th>
                <th scope="col">{t('retention.until')}</th>
                <th scope="col">{t('retention.outcome')}</th>
              </tr>
            </thead>
            <tbody>
              {dossiers.map((d) => (
                <tr key={d.dossier_id}>
                  <td>
                    <Link to="/dossiers/$id" params={{ id: d.dossier_id }}>
                      {d.code}
                    </Link>
                  </td>
                  <td>{d.procedure_name}</td>
                  <td>{formatDate(d.kept_until)}</td>
                  <td>{outcome(d.outcome)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <div>
          <Button variant="default" onClick={props.onBack}>
            {t('retention.back')}
          </Button>
        </div>
      </div>
    </Card>
  );
}
