import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { ownConductQuery } from './api';
import { ConductChips, ConductFacts } from './ConductParts';
import css from './inspection.module.css';

/** What was decided about oneself, newest first. */
export function OwnConductScreen(props: { cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation('inspection');
  const found = useQuery(ownConductQuery(props.cursor));
  return (
    <Page title={t('own.title')} lead={t('own.lead')}>
      {found.isPending && <Loading rows={6} />}
      {found.isError && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
      {found.data?.items.length === 0 && <Empty icon="user" title={t('own.none')} />}
      {found.data && found.data.items.length > 0 && (
        <div className={css.stack}>
          {found.data.items.map((record) => (
            <Card
              key={record.id}
              id={`own-${record.id}`}
              title={
                <>
                  {t(`conductKinds.${record.kind}`)}: <span lang="vi">{record.form}</span>
                </>
              }
              aside={<ConductChips record={record} />}
            >
              <ConductFacts record={record} />
            </Card>
          ))}
        </div>
      )}
      <Pager next={found.data?.next} prev={found.data?.prev} onGo={props.onGo} />
    </Page>
  );
}
