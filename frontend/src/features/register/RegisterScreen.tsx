import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery } from '@/features/catalogue/api';
import intake from '@/features/intake/intake.module.css';
import { serverNow } from '@/shared/api/session';
import { bookYears } from '@/shared/ui/format';
import { Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { registerQuery, type Register, type RegisterSearch } from './api';
import { RegisterTable } from './RegisterTable';
import { TakeOutCard } from './TakeOutCard';

/** A year's register of what one authority's dossiers were received under (form 07): read, and taken out. */
export function RegisterScreen(props: { search: RegisterSearch; onGo: (search: RegisterSearch) => void }) {
  const { t } = useTranslation(['register', 'intake']);
  const { search, onGo } = props;
  const authorities = useQuery(authoritiesQuery()).data?.items ?? [];
  const years = bookYears(serverNow());
  const year = search.year ?? years[0];
  const register: Register = { authority_id: search.authority ?? authorities[0]?.id ?? '', year };
  const lines = useQuery(registerQuery(register, search.cursor));
  const turn = (next: RegisterSearch) => onGo({ ...search, cursor: undefined, ...next });
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Card id="which" title={t('which')}>
        <div className={intake.fields}>
          <NativeSelect
            className={intake.twoThirds}
            name="authority"
            label={t('intake:authority.label')}
            value={register.authority_id}
            onChange={(e) => turn({ authority: e.currentTarget.value })}
            data={authorities.map((a) => ({ value: a.id, label: a.name }))}
          />
          <NativeSelect
            className={intake.third}
            name="year"
            label={t('year')}
            value={String(year)}
            onChange={(e) => turn({ year: Number(e.currentTarget.value) })}
            data={years.map((y) => ({ value: String(y), label: String(y) }))}
          />
        </div>
      </Card>
      {/* Numbers of one register say nothing in another. */}
      <TakeOutCard key={`${search.authority ?? ''} ${year}`} register={register} />
      <Card
        id="lines"
        title={t('list', { year })}
        aside={
          // The whole name: the choice above has no room for it on a small screen.
          <span className="soft" lang="vi">
            {authorities.find((a) => a.id === register.authority_id)?.name}
          </span>
        }
      >
        {lines.isPending && <Loading />}
        {lines.isError && <ProblemNotice error={lines.error} onRetry={() => void lines.refetch()} />}
        {lines.data?.items.length === 0 && <Empty icon="register" title={t('empty')} />}
        {lines.data && lines.data.items.length > 0 && <RegisterTable lines={lines.data.items} />}
        <Pager
          next={lines.data?.next}
          prev={lines.data?.prev}
          onGo={(cursor) => onGo({ ...search, cursor })}
        />
      </Card>
    </Page>
  );
}
