import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { IndexDossier } from '@/shared/api/types';
import { formatDateTime } from '@/shared/ui/format';
import { Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import ui from '@/shared/ui/ui.module.css';
import { behindQuery } from './api';
import css from './indices.module.css';
import type { IndexNumber } from './words';

/** Which figure is opened, as it stands in an address. */
export interface LineSearch {
  index?: IndexNumber;
  /** It is one's own. */
  own?: 1;
  cursor?: string;
}

/** The dossiers that a figure was worked out of, as they stood then. */
export function LineScreen(props: {
  id: string;
  line: string;
  search: LineSearch;
  onGo: (search: LineSearch) => void;
}) {
  const { t } = useTranslation('indices');
  const { search } = props;
  const index = search.index ?? 1;
  const found = useQuery(behindQuery(props.id, props.line, search.cursor));
  return (
    <Page title={t('behind.title', { index: t(`index.${index}`) })} lead={t(`from.${index}`)}>
      <p>
        {search.own ? (
          <Link to="/my-results" search={{}}>
            {t('own.title')}
          </Link>
        ) : (
          <Link to="/indices/$id" params={{ id: props.id }}>
            {t('behind.back')}
          </Link>
        )}
      </p>
      <Card id="behind" title={t('behind.list')}>
        {found.isPending && <Loading />}
        {found.isError && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
        {found.data?.items.length === 0 && (
          <Empty title={t([4, 5, 6, 8].includes(index) ? 'behind.entered' : 'behind.empty')} />
        )}
        {found.data && found.data.items.length > 0 && <Dossiers items={found.data.items} index={index} />}
        <Pager
          next={found.data?.next}
          prev={found.data?.prev}
          onGo={(cursor) => props.onGo({ ...search, cursor })}
        />
      </Card>
    </Page>
  );
}

function Dossiers({ items, index }: { items: IndexDossier[]; index: IndexNumber }) {
  const { t } = useTranslation(['indices', 'dossier']);
  const at = (iso?: string | null) => (iso ? formatDateTime(iso) : '');
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
    <div className={ui.tableWrap} role="group" aria-labelledby="behind-title" tabIndex={0}>
      <table className={`${ui.table} ${css.grid}`} aria-labelledby="behind-title">
        <thead>
          <tr>
            <th scope="col">{t('behind.dossier')}</th>
            {index === 2 && <th scope="col">{t('behind.step')}</th>}
            <th scope="col">{t('behind.due')}</th>
            <th scope="col">{t('behind.done')}</th>
            <th scope="col">{t('behind.why')}</th>
            {index !== 9 && (
              <th scope="col" className={css.number}>
                {t('behind.points')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={`${one.dossier_id} ${one.step?.name ?? ''} ${one.step?.ended_at ?? ''}`}>
              <td>
                <Link to="/dossiers/$id" params={{ id: one.dossier_id }} className="code">
                  {one.code ?? t('dossier:noCode')}
                </Link>
                <div className="small soft">{one.procedure_name}</div>
              </td>
              {index === 2 && <td>{one.step?.name}</td>}
              <td>{at(one.step?.due_at ?? one.due_at)}</td>
              <td>{at(one.step?.ended_at ?? one.completed_at)}</td>
              <td>
                <Why one={one} index={index} />
              </td>
              {index !== 9 && (
                <td className={css.number}>
                  {one.points ?? <span className={css.none}>{t('behind.leftOut')}</span>}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Why a dossier gives the points it gives. */
function Why({ one, index }: { one: IndexDossier; index: IndexNumber }) {
  const { t } = useTranslation('indices');
  const timing = one.timing && t(`timing.${one.timing}`);
  if (index === 3)
    return (
      <>
        {one.contacts === null || one.contacts === undefined
          ? t('behind.contactsUnknown')
          : t('behind.contacts', { count: one.contacts })}
      </>
    );
  if (index === 9) return <>{t(one.online_late ? 'behind.onlineLate' : 'behind.filedOnline')}</>;
  return (
    <>
      {timing}
      {one.first_timing && (
        <div className="small soft">
          {t('behind.beforeApology', { timing: t(`timing.${one.first_timing}`) })}
        </div>
      )}
      {index === 7 && one.complaint_upheld && <div>{t('behind.upheld')}</div>}
    </>
  );
}
