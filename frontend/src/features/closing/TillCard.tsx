import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '@/features/watch/useNow';
import type { OpenTill, Till, TillClosingDetails } from '@/shared/api/types';
import { formatDate, formatDateTime, formatVnd, groupVnd, localDate } from '@/shared/ui/format';
import { Empty, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts } from '@/shared/ui/Page';
import { tillQuery, useClose } from './api';
import { CloseForm } from './CloseForm';
import css from './closing.module.css';
import { Documents } from './Documents';
import { LinesTable } from './LinesTable';
import { SumsTable } from './SumsTable';
import { formatSpan, named } from './words';

/** One's own till: what it holds, and its closing. */
export function TillCard() {
  const { t } = useTranslation('closing');
  const till = useQuery(tillQuery());
  const close = useClose();
  const [closed, setClosed] = useState<TillClosingDetails>();
  const told = useRef<HTMLDivElement>(null);
  // The form is gone with what it closed: the focus goes to what is told of it.
  useEffect(() => {
    if (closed) told.current?.focus();
  }, [closed]);
  const open = till.data?.open;
  return (
    <>
      <div>
        <div ref={told} tabIndex={-1} className={css.told} aria-live="polite">
          {closed && (
            <Notice
              tone="good"
              title={t('closed', { ...named(closed), amount: formatVnd(closed.collected_vnd) })}
              foot={
                <>
                  <Documents closing={closed} />
                  <Link to="/closing/$id" params={{ id: closed.id }}>
                    {t('open')}
                  </Link>
                </>
              }
            />
          )}
        </div>
        <Card id="till" title={t('till.title')}>
          {till.isPending && <Loading rows={6} />}
          {till.isError && <ProblemNotice error={till.error} onRetry={() => void till.refetch()} />}
          {till.data && !open && (
            <>
              {close.isError && <ProblemNotice error={close.error} />}
              <Empty icon="check" title={t('till.none')}>
                <Before till={till.data} />
              </Empty>
            </>
          )}
          {till.data && open && <Open till={till.data} open={open} />}
        </Card>
      </div>
      {till.data && open && (
        <Card id="close" title={t('close.title')}>
          <CloseForm till={till.data} open={open} close={close} onClosed={setClosed} />
        </Card>
      )}
    </>
  );
}

/** The closing before. */
function Before({ till }: { till: Till }) {
  const { t } = useTranslation('closing');
  if (!till.last_number || !till.last_closed_at) return null;
  return (
    <p className="small soft">
      {t('till.before', { number: till.last_number, at: formatDateTime(till.last_closed_at) })}
    </p>
  );
}

function Open({ till, open }: { till: Till; open: OpenTill }) {
  const { t } = useTranslation('closing');
  const today = localDate(new Date(useNow(60_000)));
  return (
    <div className={css.body}>
      {open.day < today && <Notice tone="soon" title={t('till.late', { day: formatDate(open.day) })} />}
      <Facts
        items={[
          [t('day'), formatDate(open.day)],
          [t('span'), formatSpan(open.first_at, open.last_at)],
          [t('count'), groupVnd(open.lines_count)],
          [
            t('collected'),
            <strong key="net" className="num">
              {formatVnd(open.net_vnd)}
            </strong>,
          ],
        ]}
      />
      <Before till={till} />
      <div>
        <h3 id="till-sums">{t('sums.title')}</h3>
        <SumsTable sums={open.sums} label="till-sums" />
      </div>
      <div>
        <h3 id="till-lines">{t('line.title')}</h3>
        <LinesTable lines={open.lines} count={open.lines_count} label="till-lines" />
      </div>
    </div>
  );
}
