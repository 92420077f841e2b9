import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Rows } from '@/shared/ui/Rows';
import type { DeclarationItem } from '@/shared/api/types';
import { formatDateTime } from '@/shared/ui/format';
import { Empty, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { declarationsQuery } from './api';
import { BeginCard } from './BeginCard';
import css from './declaration.module.css';
import { StateChip, useBoth } from './parts';
import { states, type DeclarationSearch } from './words';

/** Declarations written for citizens: a new one is begun, those that are there are found again. */
export function DeclarationsScreen(props: {
  search: DeclarationSearch;
  onGo: (search: DeclarationSearch) => void;
}) {
  const { t } = useTranslation('declaration');
  const { search, onGo } = props;
  const list = useQuery(declarationsQuery(search));
  const { dossier } = search;
  return (
    <Page title={t('list.title')} lead={t('list.lead')} ownFocus>
      {dossier && (
        <Notice title={t('list.ofDossier')}>
          <p className={css.links}>
            <Link to="/dossiers/$id" params={{ id: dossier }}>
              {t('openDossier')}
            </Link>
            <Link to="/declarations" search={{}}>
              {t('list.every')}
            </Link>
          </p>
        </Notice>
      )}
      <BeginCard dossier={dossier} />
      <Card
        id="declarations"
        title={t('list.all')}
        aside={
          <NativeSelect
            name="state"
            aria-label={t('list.state')}
            value={search.state ?? ''}
            data={[
              { value: '', label: t('list.everyState') },
              ...states.map((value) => ({ value, label: t(`state.${value}`) })),
            ]}
            onChange={(e) =>
              onGo({
                ...search,
                cursor: undefined,
                state: states.find((state) => state === e.currentTarget.value),
              })
            }
          />
        }
      >
        {list.isPending && <Loading />}
        {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
        {list.data?.items.length === 0 && (
          <Empty icon="sheet" title={t(search.state || dossier ? 'list.noneFound' : 'list.none')} />
        )}
        {list.data && list.data.items.length > 0 && <Table items={list.data.items} />}
        <Pager next={list.data?.next} prev={list.data?.prev} onGo={(cursor) => onGo({ ...search, cursor })} />
      </Card>
    </Page>
  );
}

function Table({ items }: { items: DeclarationItem[] }) {
  const { t } = useTranslation('declaration');
  const language = useBoth();
  return (
    <Rows
      of="declarations"
      columns={[
        { label: t('list.form') },
        { label: t('list.declarant') },
        { label: t('list.state') },
        { label: t('list.dossier') },
        { label: t('list.begun') },
      ]}
      rows={items.map((one) => ({
        key: one.id,
        cells: [
          <Link key="form" to="/declarations/$id" params={{ id: one.id }}>
            {one.title[language]}
          </Link>,
          one.declarant ? (
            <div key="who">
              {one.declarant.full_name ?? t('list.nobody')}
              {one.declarant.identity_number && (
                <div className="small soft">{one.declarant.identity_number}</div>
              )}
            </div>
          ) : (
            <span className="soft">{t('list.nobody')}</span>
          ),
          <StateChip key="state" state={one.state} />,
          one.dossier_id ? (
            <Link key="dossier" to="/dossiers/$id" params={{ id: one.dossier_id }}>
              {one.dossier_code ?? t('openDossier')}
            </Link>
          ) : (
            <span className="soft">{t('list.noDossier')}</span>
          ),
          <div key="begun">
            <time dateTime={one.created_at}>{formatDateTime(one.created_at)}</time>
            <div className="small soft">{one.created_by.full_name}</div>
          </div>,
        ],
      }))}
    />
  );
}
