import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '@/shared/ui/format';
import { Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import ui from '@/shared/ui/ui.module.css';
import { draftsQuery } from './api';
import { NewDraftCard } from './NewDraftCard';
import { PublishedNotice } from './PublishedNotice';

/** What is being written, and where something new is begun. */
export function DraftsScreen(props: { cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation(['draft', 'catalogue']);
  const drafts = useQuery(draftsQuery(props.cursor));
  return (
    <Page title={t('drafts.title')} lead={t('drafts.lead')}>
      <PublishedNotice />
      <NewDraftCard />
      <Card id="drafts" title={t('drafts.list')}>
        {drafts.isPending && <Loading />}
        {drafts.isError && <ProblemNotice error={drafts.error} onRetry={() => void drafts.refetch()} />}
        {drafts.data?.items.length === 0 && (
          <Empty icon="book" title={t('drafts.empty')}>
            <p>{t('drafts.emptyHint')}</p>
          </Empty>
        )}
        {drafts.data && drafts.data.items.length > 0 && (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
          <div className={ui.tableWrap} role="group" aria-labelledby="drafts-title" tabIndex={0}>
            <table className={`${ui.table} ${ui.wide}`}>
              <thead>
                <tr>
                  <th scope="col">{t('drafts.code')}</th>
                  <th scope="col">{t('drafts.name')}</th>
                  <th scope="col">{t('drafts.base')}</th>
                  <th scope="col">{t('drafts.by')}</th>
                </tr>
              </thead>
              <tbody>
                {drafts.data.items.map((draft) => (
                  <tr key={draft.id}>
                    <td>{draft.code}</td>
                    <td>
                      <Link to="/catalogue-drafts/$id" params={{ id: draft.id }}>
                        {draft.name || t('editor.unnamed')}
                      </Link>
                    </td>
                    <td>
                      {draft.base_version === 0
                        ? t('drafts.baseNew')
                        : t('drafts.baseVersion', { number: draft.base_version })}
                    </td>
                    <td>
                      {formatDateTime(draft.updated_at)}
                      {draft.updated_by && <p className="small soft">{draft.updated_by}</p>}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <Pager next={drafts.data?.next} prev={drafts.data?.prev} onGo={props.onGo} />
      </Card>
      <p>
        <Link to="/catalogue" search={{}}>
          {t('catalogue:back')}
        </Link>
      </p>
    </Page>
  );
}
