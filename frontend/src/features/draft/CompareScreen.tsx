import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDate } from '@/shared/ui/format';
import { Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { comparisonQuery, versionQuery, versionsQuery } from './api';
import { ChangeList } from './ChangeList';
import css from './draft.module.css';
import type { VersionItem } from './types';

interface Pair {
  from?: number;
  to?: number;
}

/** What two versions of a procedure say differently; unless others are chosen, the newest and the one before. */
export function CompareScreen(props: Pair & { code: string; onChoose: (pair: Pair) => void }) {
  const { t } = useTranslation('draft');
  const { code } = props;
  const versions = useQuery(versionsQuery(code));
  const items = versions.data?.items ?? [];
  const newest = items[0];
  const to = props.to ?? newest?.version;
  const from = props.from ?? (to !== undefined && to > 1 ? to - 1 : undefined);
  return (
    <Page
      title={t('compare.title')}
      lead={newest ? `${code} · ${newest.name}` : code}
      ownFocus={versions.isPending}
    >
      {versions.isPending && <Loading />}
      {versions.isError && <ProblemNotice error={versions.error} onRetry={() => void versions.refetch()} />}
      {items.length === 1 && <Notice title={t('compare.only')} />}
      {items.length > 1 && from !== undefined && to !== undefined && (
        <>
          <div role="group" aria-label={t('compare.choose')} className={css.pair}>
            <VersionChoice
              label={t('compare.from')}
              value={from}
              items={items}
              onChange={(chosen) => props.onChoose({ from: chosen, to })}
            />
            <VersionChoice
              label={t('compare.to')}
              value={to}
              items={items}
              onChange={(chosen) => props.onChoose({ from, to: chosen })}
            />
          </div>
          <Differences code={code} from={from} to={to} />
        </>
      )}
      <p>
        <Link to="/catalogue/$code" params={{ code }}>
          {t('compare.back')}
        </Link>
      </p>
    </Page>
  );
}

function VersionChoice(props: {
  label: string;
  value: number;
  items: VersionItem[];
  onChange: (version: number) => void;
}) {
  const { t } = useTranslation('draft');
  return (
    <NativeSelect
      label={props.label}
      value={String(props.value)}
      onChange={(e) => props.onChange(Number(e.currentTarget.value))}
      data={props.items.map((each) => ({
        value: String(each.version),
        label: t('compare.option', { number: each.version, from: formatDate(each.in_force_from) }),
      }))}
    />
  );
}

function Differences({ code, from, to }: { code: string; from: number; to: number }) {
  const { t } = useTranslation('draft');
  const comparison = useQuery(comparisonQuery(code, from, to));
  const later = useQuery(versionQuery(code, to));
  const error = comparison.error ?? later.error;
  return (
    <Card id="differences" title={t('compare.lead')}>
      {error ? (
        <ProblemNotice
          error={error}
          onRetry={() => void Promise.all([comparison.refetch(), later.refetch()])}
        />
      ) : !comparison.data || !later.data ? (
        <Loading />
      ) : comparison.data.changes.length === 0 ? (
        <p>{t('changes.none')}</p>
      ) : (
        <ChangeList changes={comparison.data.changes} document={later.data.procedure} />
      )}
    </Card>
  );
}
