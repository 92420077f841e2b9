import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, unwrap } from '@/shared/api/client';
import type { CalendarVersion } from '@/shared/api/types';
import { formatDateTime } from '@/shared/ui/format';
import { Chip, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';

/** While a version is being carried to the open dossiers, how far it has got is asked this often. */
const ASK_AGAIN_MS = 2_000;

const versionsQuery = () =>
  queryOptions({
    queryKey: ['calendar', 'versions'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/calendar/versions', { params: { query: { limit: 20 } }, signal })),
  });

const running = (v: CalendarVersion) => Boolean(v.carried && !v.carried.finished_at);

/** Who entered what, when, from which notice, and how far it was carried. */
export function VersionsCard() {
  const { t } = useTranslation('catalogue');
  const list = useQuery({
    ...versionsQuery(),
    refetchInterval: (query) => (query.state.data?.items.some(running) ? ASK_AGAIN_MS : false),
  });
  return (
    <Card id="versions" title={t('calendar.versions.title')}>
      {list.isPending && <Loading rows={2} />}
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
        <div className={ui.tableWrap} role="group" aria-labelledby="versions-title" tabIndex={0}>
          <table className={`${ui.table} ${ui.wide}`}>
            <thead>
              <tr>
                <th scope="col">{t('calendar.versions.number')}</th>
                <th scope="col">{t('calendar.versions.source')}</th>
                <th scope="col">{t('calendar.versions.entered')}</th>
                <th scope="col">{t('calendar.versions.carried')}</th>
              </tr>
            </thead>
            <tbody>
              {list.data.items.map((v) => (
                <tr key={v.number}>
                  <td>{v.number}</td>
                  <td>{v.source}</td>
                  <td>
                    {formatDateTime(v.entered_at)}
                    <div className="small soft">
                      {v.entered_by?.full_name ?? t('calendar.versions.program')}
                    </div>
                  </td>
                  <td>{v.carried && <Carried carried={v.carried} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

function Carried({ carried }: { carried: NonNullable<CalendarVersion['carried']> }) {
  const { t } = useTranslation('catalogue');
  const over = Boolean(carried.finished_at);
  return (
    <Chip tone={over ? 'good' : 'soon'} icon={over ? 'check' : 'clock'}>
      {t(over ? 'calendar.versions.done' : 'calendar.versions.running', {
        checked: carried.checked,
        moved: carried.moved,
      })}
    </Chip>
  );
}
