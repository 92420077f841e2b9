import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Me } from '@/shared/api/types';
import { Notice } from '@/shared/ui/Notice';
import { Page } from '@/shared/ui/Page';
import { useDossierCounts } from './api';
import { DossierList } from './DossierList';
import { looksPersonal } from './filters';
import { SearchBox } from './SearchBox';
import { isOfHandingOver, listsFor, workLists, type WorkList } from './worklists';
import css from './work.module.css';

const PAGE = 25;

export interface WorkSearch {
  list?: WorkList;
  q?: string;
  cursor?: string;
}

/** What waits for this person, by kind of work. */
export function WorkScreen(props: {
  me: Me;
  search: WorkSearch;
  privateQuery: string;
  onSearch: (next: WorkSearch, privateQuery: string) => void;
}) {
  const { t } = useTranslation('dossier');
  const lists = listsFor(props.me.roles.map((r) => r.role));
  const first = lists[0];
  if (!first)
    return (
      <Page title={t('work.title')}>
        <Notice>{t('work.noLists')}</Notice>
      </Page>
    );
  const list = props.search.list && lists.includes(props.search.list) ? props.search.list : first;
  const q = props.privateQuery || props.search.q || '';
  const go = (next: WorkSearch, typed: string) =>
    looksPersonal(typed)
      ? props.onSearch({ ...next, q: undefined }, typed)
      : props.onSearch({ ...next, q: typed || undefined }, '');

  return (
    <Page title={t('work.title')} lead={t('work.lead', { name: props.me.full_name })}>
      <nav aria-label={t('work.lists')}>
        <ul className={`${css.tabs} plain`}>
          {lists.map((each) => (
            <li key={each}>
              <ListTab list={each} current={each === list} onOpen={() => go({ list: each }, '')} />
            </li>
          ))}
        </ul>
      </nav>
      <div className={css.bar}>
        <div>
          <p className="soft">{t(`workHint.${list}`)}</p>
          {isOfHandingOver(list) && props.me.permissions.includes('dossiers.handovers') && (
            <Link to="/handover-sheet">{t('work.handoverSheet')}</Link>
          )}
        </div>
        <SearchBox
          key={`${list} ${q}`}
          label={t('work.search')}
          initial={q}
          onSearch={(typed) => go({ list }, typed)}
        />
      </div>
      <DossierList
        filter={{
          ...workLists[list],
          q: q || undefined,
          sort: 'due_at',
          cursor: props.search.cursor,
          limit: PAGE,
        }}
        caption={t(`workList.${list}`)}
        empty={q ? t('work.nothingFound') : t(`workEmpty.${list}`)}
        onGo={(cursor) => props.onSearch({ ...props.search, list, cursor }, props.privateQuery)}
      />
    </Page>
  );
}

/** A list with how many wait in it, and how many of those are late. */
function ListTab(props: { list: WorkList; current: boolean; onOpen: () => void }) {
  const { t } = useTranslation('dossier');
  const { data } = useDossierCounts(workLists[props.list]);
  const late = data?.overdue ?? 0;
  return (
    <button
      type="button"
      className={css.tab}
      aria-current={props.current ? 'page' : undefined}
      onClick={props.onOpen}
    >
      <span className={css.count}>{data ? `${data.total}${data.capped ? '+' : ''}` : '·'}</span>
      <span className={css.name}>{t(`workList.${props.list}`)}</span>
      <span className={css.late}>{late > 0 ? t('work.lateCount', { count: late }) : ' '}</span>
    </button>
  );
}
