import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeaveEntry } from '@/shared/api/types';
import { formatDateTime } from '@/shared/ui/format';
import { Chip, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Pager } from '@/shared/ui/Pager';
import ui from '@/shared/ui/ui.module.css';
import { entriesQuery } from './api';
import { useWords } from './useWords';

/** What one person earned and took, newest first. Nothing in it is changed: a mistake gets its counter-entry. */
export function Ledger(props: {
  user: string;
  /** Who would correct: neither whose leave it is, nor who made the entry. */
  corrector?: string;
  onCorrect?: (entry: LeaveEntry) => void;
}) {
  const { t } = useTranslation('roster');
  const words = useWords();
  const [cursor, setCursor] = useState<string>();
  const list = useQuery(entriesQuery(props.user, cursor));
  const corrects = props.onCorrect !== undefined;
  const may = (e: LeaveEntry) =>
    corrects &&
    e.kind !== 'corrected' &&
    !e.corrected &&
    e.user.id !== props.corrector &&
    e.entered_by.id !== props.corrector;
  if (list.isPending) return <Loading rows={3} />;
  if (list.isError) return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data.items.length === 0) return <p className="soft">{t('leave.noEntries')}</p>;
  return (
    <>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key */}
      <div className={ui.tableWrap} role="group" aria-label={t('leave.title')} tabIndex={0}>
        <table className={`${ui.table} ${ui.wide}`}>
          <thead>
            <tr>
              <th scope="col">{t('leave.when')}</th>
              <th scope="col" className={ui.num}>
                {t('leave.amount')}
              </th>
              <th scope="col">{t('leave.what')}</th>
              <th scope="col">{t('leave.basis')}</th>
            </tr>
          </thead>
          <tbody>
            {list.data.items.map((e) => (
              <tr key={e.id}>
                <td>{formatDateTime(e.entered_at)}</td>
                <td className={ui.num} style={{ whiteSpace: 'nowrap' }}>
                  {words.change(e.minutes)}
                </td>
                <td>
                  {t(`leave.kinds.${e.kind}`)}
                  <div className="small soft">{t('leave.by', { name: e.entered_by.full_name })}</div>
                  {e.reason && <div className="small soft">{e.reason}</div>}
                  {e.corrected && <Chip icon="edit">{t('leave.wasCorrected')}</Chip>}
                  {may(e) && (
                    <Button
                      size="compact-md"
                      variant="default"
                      aria-label={t('leave.correctOf', { at: formatDateTime(e.entered_at) })}
                      onClick={() => props.onCorrect?.(e)}
                    >
                      {t('leave.correct')}
                    </Button>
                  )}
                </td>
                <td className="small soft">{e.source}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager next={list.data.next} prev={list.data.prev} onGo={setCursor} />
      {corrects && <p className="small soft">{t('leave.correctWho')}</p>}
    </>
  );
}
