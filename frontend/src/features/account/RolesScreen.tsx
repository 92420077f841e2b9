import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useWord } from '@/shared/i18n/useWord';
import { Icon } from '@/shared/ui/Icon';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { rolesQuery } from './api';
import { usePermissionWords } from './permissions';

/** What each role may do, as the program itself decides by. */
export function RolesScreen() {
  const { t } = useTranslation('account');
  const word = useWord();
  const words = usePermissionWords();
  const roles = useQuery(rolesQuery());
  const items = roles.data?.items ?? [];
  const permissions = [...new Set(items.flatMap((r) => r.permissions))];
  return (
    <Page title={t('roles.title')} lead={t('roles.lead')}>
      <Card id="roles" title={t('roles.table')}>
        {roles.isPending && <Loading />}
        {roles.isError && <ProblemNotice error={roles.error} onRetry={() => void roles.refetch()} />}
        {items.length > 0 && (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
          <div className={ui.tableWrap} role="group" aria-labelledby="roles-title" tabIndex={0}>
            <table className={`${ui.table} ${ui.wide}`}>
              <thead>
                <tr>
                  <th scope="col">{t('roles.what')}</th>
                  {items.map((r) => (
                    <th key={r.role} scope="col">
                      {word('account:role', r.role)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {permissions.map((p) => (
                  <tr key={p}>
                    <th scope="row">{words(p)}</th>
                    {items.map((r) => (
                      <td key={r.role}>
                        {r.permissions.includes(p) ? (
                          <>
                            <Icon name="check" size={16} />
                            <span className="sr-only">{t('roles.yes')}</span>
                          </>
                        ) : (
                          <span className="soft" aria-label={t('roles.no')} role="img">
                            –
                          </span>
                        )}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Card>
    </Page>
  );
}
