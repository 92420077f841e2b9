import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { HoldCard } from '@/features/personal/HoldCard';
import { useWord } from '@/shared/i18n/useWord';
import { formatDateTime } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import ui from '@/shared/ui/ui.module.css';
import { dossierQuery, personalDataViewsQuery } from './api';

/** Who looked at a person's data, to be read by those who answer for it and printed for the person. */
export function ViewsScreen(props: { id: string; cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation(['dossier', 'account']);
  const word = useWord();
  const dossier = useQuery(dossierQuery(props.id)).data;
  const views = useQuery(personalDataViewsQuery(props.id, props.cursor));
  const code = dossier?.code ?? dossier?.submission_number;
  return (
    <Page
      title={t('views.title')}
      lead={code ? t('views.lead', { code }) : undefined}
      aside={
        <span className="no-print">
          <Button leftSection={<Icon name="print" />} disabled={!views.data} onClick={() => window.print()}>
            {t('views.print')}
          </Button>
        </span>
      }
    >
      <Card id="views" title={t('views.list')}>
        {views.isPending && <Loading />}
        {views.isError && <ProblemNotice error={views.error} onRetry={() => void views.refetch()} />}
        {views.data?.items.length === 0 && (
          <Empty icon="eye" title={t('views.empty')}>
            <p>{t('views.emptyHint')}</p>
          </Empty>
        )}
        {views.data && views.data.items.length > 0 && (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
          <div className={ui.tableWrap} role="group" aria-labelledby="views-title" tabIndex={0}>
            <table className={`${ui.table} ${ui.wide}`}>
              <thead>
                <tr>
                  <th scope="col">{t('views.at')}</th>
                  <th scope="col">{t('views.who')}</th>
                  <th scope="col">{t('views.roles')}</th>
                  <th scope="col">{t('views.purpose')}</th>
                </tr>
              </thead>
              <tbody>
                {views.data.items.map((look) => (
                  <tr key={look.seq}>
                    <td>
                      <time dateTime={look.at}>{formatDateTime(look.at)}</time>
                    </td>
                    <td>{look.viewer?.full_name}</td>
                    <td>
                      {look.roles.length > 0
                        ? look.roles.map((role) => t(`account:role.${role}`)).join(', ')
                        : t('views.roleUnknown')}
                    </td>
                    <td>{word('dossier:viewPurpose', look.purpose)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <div className="no-print">
          <Pager next={views.data?.next} prev={views.data?.prev} onGo={props.onGo} />
        </div>
      </Card>
      <div className="no-print">
        <HoldCard id={props.id} />
      </div>
      <p className="no-print">
        <Link to="/dossiers/$id" params={{ id: props.id }}>
          {t('views.back')}
        </Link>
      </p>
    </Page>
  );
}
