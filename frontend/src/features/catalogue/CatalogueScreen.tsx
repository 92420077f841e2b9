import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useLimitWords } from '@/features/deadline/useLimitWords';
import { SearchBox } from '@/features/dossier/SearchBox';
import type { ProcedureItem } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Page } from '@/shared/ui/Page';
import { allProceduresQuery, publicProceduresQuery } from './api';
import css from './catalogue.module.css';
import { UpkeepLinks } from './UpkeepLinks';

export interface CatalogueSearch {
  q?: string;
  field?: string;
}

interface Props {
  search: CatalogueSearch;
  onSearch: (next: CatalogueSearch) => void;
}

/** The officers' catalogue. */
export function CatalogueScreen(props: Props) {
  const { t } = useTranslation('catalogue');
  const list = useQuery(allProceduresQuery(props.search.q ?? ''));
  return (
    <Page title={t('title')} lead={t('lead')}>
      <UpkeepLinks />
      <List {...props} list={list} open={false} />
    </Page>
  );
}

/** The same list for citizens, without signing in. */
export function PublicCatalogueScreen(props: Props) {
  const { t } = useTranslation(['catalogue', 'upkeep']);
  const list = useQuery(publicProceduresQuery(props.search.q ?? ''));
  return (
    <Page
      title={t('public.title')}
      lead={t('public.lead')}
      aside={<Link to="/niem-yet">{t('upkeep:links.board')}</Link>}
    >
      <List {...props} list={list} open />
    </Page>
  );
}

type ListQuery = Pick<
  ReturnType<typeof useQuery<{ items: ProcedureItem[] }>>,
  'data' | 'isPending' | 'error' | 'refetch'
>;

function List({ search, onSearch, list, open }: Props & { list: ListQuery; open: boolean }) {
  const { t } = useTranslation('catalogue');
  const all = list.data?.items ?? [];
  const fields = [...new Set(all.map((p) => p.field))].sort((a, b) => a.localeCompare(b, 'vi'));
  const shown = search.field ? all.filter((p) => p.field === search.field) : all;
  return (
    <>
      <div className={css.filters}>
        <SearchBox
          key={search.q ?? ''}
          label={t('search')}
          placeholder={t('searchExample')}
          initial={search.q ?? ''}
          onSearch={(q) => onSearch({ ...search, q: q || undefined })}
        />
        <NativeSelect
          label={t('field')}
          value={search.field ?? ''}
          onChange={(e) => onSearch({ ...search, field: e.currentTarget.value || undefined })}
          data={[{ value: '', label: t('allFields') }, ...fields.map((f) => ({ value: f, label: f }))]}
        />
      </div>
      {list.isPending && <Loading rows={8} />}
      {list.error && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && shown.length === 0 && <Empty icon="book" title={t('nothingFound')} />}
      <p className="sr-only" role="status">
        {list.data ? t('found', { count: shown.length }) : ''}
      </p>
      {fields
        .filter((f) => shown.some((p) => p.field === f))
        .map((f) => (
          <section key={f} aria-label={f}>
            <h2 className={css.field}>{f}</h2>
            <ul className={`${css.list} plain`}>
              {shown
                .filter((p) => p.field === f)
                .map((p) => (
                  <Row key={p.code} procedure={p} open={open} />
                ))}
            </ul>
          </section>
        ))}
    </>
  );
}

function Row({ procedure: p, open }: { procedure: ProcedureItem; open: boolean }) {
  const { t } = useTranslation('catalogue');
  const limitWords = useLimitWords();
  const word = useWord();
  return (
    <li className={css.row}>
      <div>
        <Link to={open ? '/thu-tuc/$code' : '/catalogue/$code'} params={{ code: p.code }}>
          {p.name}
        </Link>
        <p className="small soft">
          {p.code} · {word('catalogue:online', p.online_level)}
          {p.on_the_spot ? ` · ${t('onTheSpot')}` : ''}
        </p>
      </div>
      {/* What nobody has found in the law is never shown as if it were law. */}
      <p className={css.limit}>
        {limitWords(p.limits.direct)}
        {p.limits.direct?.certainty === 'to_check' && (
          <span className="small soft"> ({word('catalogue:certainty', 'to_check')})</span>
        )}
      </p>
    </li>
  );
}
