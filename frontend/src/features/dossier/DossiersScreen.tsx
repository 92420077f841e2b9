import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { concerns, isConcern } from '@/features/deadline/concerns';
import { allProceduresQuery, authoritiesQuery } from '@/features/catalogue/api';
import { DateInput } from '@/shared/ui/DateInput';
import { Page } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { Conditions } from './Conditions';
import { DossierList } from './DossierList';
import {
  channelChoices,
  dossierStates,
  dueChoices,
  looksPersonal,
  toFilter,
  type DossierSearch,
} from './filters';
import { SavedFilters } from './SavedFilters';
import { SearchBox } from './SearchBox';

/** Every dossier this person may see, filtered. The filters stand in the address, personal numbers do not. */
export function DossiersScreen(props: {
  search: DossierSearch;
  privateQuery: string;
  onSearch: (next: DossierSearch, privateQuery: string) => void;
}) {
  const { t } = useTranslation('dossier');
  const { search } = props;
  const authorities = useQuery(authoritiesQuery());
  const procedures = useQuery(allProceduresQuery(''));
  const set = (change: Partial<DossierSearch>) =>
    props.onSearch({ ...search, cursor: undefined, ...change }, props.privateQuery);
  const q = props.privateQuery || search.q || '';
  const all = procedures.data?.items ?? [];
  const fields = [...new Map(all.map((p) => [p.field_code, p.field]))]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([value, label]) => ({ value, label }));
  const filtered = Object.keys(search).length > 0 || props.privateQuery !== '';

  return (
    <Page title={t('list.title')} lead={t('list.lead')}>
      <SearchBox
        key={q}
        label={t('list.search')}
        description={t('list.searchHint')}
        initial={q}
        onSearch={(typed) => {
          const rest = { ...search, cursor: undefined, q: undefined };
          if (looksPersonal(typed)) props.onSearch(rest, typed);
          else props.onSearch({ ...rest, q: typed || undefined }, '');
        }}
      />
      <div className={ui.filters} role="group" aria-label={t('list.filters')}>
        <NativeSelect
          label={t('list.state')}
          value={search.state ?? ''}
          onChange={(e) => set({ state: (e.currentTarget.value || undefined) as DossierSearch['state'] })}
          data={[
            { value: '', label: t('list.any') },
            ...dossierStates.map((s) => ({ value: s, label: t(`state.${s}`) })),
          ]}
        />
        <NativeSelect
          label={t('list.due')}
          value={search.due ?? ''}
          onChange={(e) => set({ due: (e.currentTarget.value || undefined) as DossierSearch['due'] })}
          data={[
            { value: '', label: t('list.any') },
            ...dueChoices.map((d) => ({ value: d, label: t(`dueChoice.${d}`) })),
          ]}
        />
        <NativeSelect
          label={t('list.concern')}
          value={search.concern ?? ''}
          onChange={(e) => {
            const { value } = e.currentTarget;
            set({ concern: isConcern(value) ? value : undefined });
          }}
          data={[
            { value: '', label: t('list.any') },
            ...concerns.map((c) => ({ value: c, label: t(`concern.${c}`) })),
          ]}
        />
        <NativeSelect
          label={t('list.authority')}
          value={search.authority ?? ''}
          onChange={(e) => set({ authority: e.currentTarget.value || undefined })}
          data={[
            { value: '', label: t('list.any') },
            ...(authorities.data?.items ?? []).map((a) => ({ value: a.id, label: a.name })),
          ]}
        />
        <NativeSelect
          label={t('list.field')}
          value={search.field ?? ''}
          onChange={(e) => set({ field: e.currentTarget.value || undefined, procedure: undefined })}
          data={[{ value: '', label: t('list.any') }, ...fields]}
        />
        <NativeSelect
          label={t('list.procedure')}
          value={search.procedure ?? ''}
          onChange={(e) => set({ procedure: e.currentTarget.value || undefined })}
          data={[
            { value: '', label: t('list.any') },
            ...all
              .filter((p) => !search.field || p.field_code === search.field)
              .map((p) => ({ value: p.code, label: p.name })),
          ]}
        />
        <NativeSelect
          label={t('list.channel')}
          value={search.channel ?? ''}
          onChange={(e) => set({ channel: channelChoices.find((c) => c === e.currentTarget.value) })}
          data={[
            { value: '', label: t('list.any') },
            ...channelChoices.map((c) => ({ value: c, label: t(`channel.${c}`) })),
          ]}
        />
        <DateInput
          key={`from ${search.from ?? ''}`}
          label={t('list.from')}
          value={search.from ?? ''}
          onChange={(from) => set({ from: from || undefined })}
        />
        <DateInput
          key={`to ${search.to ?? ''}`}
          label={t('list.to')}
          value={search.to ?? ''}
          onChange={(to) => set({ to: to || undefined })}
        />
        <Checkbox
          label={t('list.mine')}
          checked={search.mine ?? false}
          onChange={(e) => set({ mine: e.currentTarget.checked ? true : undefined })}
        />
        <Checkbox
          label={t('list.open')}
          checked={search.open ?? false}
          onChange={(e) => set({ open: e.currentTarget.checked ? true : undefined })}
        />
        {filtered && (
          <Button variant="default" onClick={() => props.onSearch({}, '')}>
            {t('list.clear')}
          </Button>
        )}
      </div>
      <Conditions search={search} privateQuery={props.privateQuery} onDrop={set} />
      <SavedFilters search={search} onOpen={(kept) => props.onSearch(kept, '')} />
      <DossierList
        filter={toFilter(search, props.privateQuery)}
        caption={search.concern ? t(`concern.${search.concern}`) : t('list.title')}
        empty={filtered ? t('list.nothingFound') : t('list.none')}
        onGo={(cursor) => props.onSearch({ ...search, cursor }, props.privateQuery)}
      />
    </Page>
  );
}
