import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import { Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { openRemarksQuery } from './api';
import { RemarkFrom } from './RemarkFrom';
import css from './result.module.css';
import { ScreeningCard } from './ScreeningCard';

/** People's own words: those that may be read, and for who looks at them first those that wait. */
export function RemarksScreen(props: { cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation('surveyresult');
  const me = useQuery(meQuery()).data;
  const open = useQuery(openRemarksQuery(props.cursor));
  const screens = me?.permissions.includes('surveys.remarks_screen') ?? false;
  return (
    <Page title={t('remarks.title')} lead={t('remarks.lead')}>
      {screens && <ScreeningCard />}
      <Card id="open" title={t('remarks.open')}>
        {open.isPending && <Loading />}
        {open.isError && <ProblemNotice error={open.error} onRetry={() => void open.refetch()} />}
        {open.data?.items.length === 0 && <Empty icon="speech" title={t('remarks.none')} />}
        {open.data && open.data.items.length > 0 && (
          <ul className={css.remarks}>
            {open.data.items.map((remark) => (
              <li key={remark.id}>
                <p className={css.words} lang="vi">
                  {remark.text}
                </p>
                <RemarkFrom remark={remark} />
              </li>
            ))}
          </ul>
        )}
        <Pager next={open.data?.next} prev={open.data?.prev} onGo={props.onGo} />
      </Card>
    </Page>
  );
}
