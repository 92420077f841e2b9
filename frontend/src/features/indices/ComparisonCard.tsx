import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IndexComparison, IndexSnapshot } from '@/shared/api/types';
import { Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { comparisonQuery, snapshotQuery, snapshotsQuery } from './api';
import css from './indices.module.css';
import { formatCount, formatScore, nameOf, partsOf } from './words';

/** So many snapshots one may choose from. */
const CHOICE = 50;

type Share = IndexComparison['shares'][number]['first'];

/** A unit held against another, or against itself a quarter before: with numbers and intervals, where they allow it. */
export function ComparisonCard({ whole }: { whole: IndexSnapshot }) {
  const { t } = useTranslation('indices');
  const [first, setFirst] = useState(whole.units[0]?.authority?.id ?? '');
  const [other, setOther] = useState((whole.units[1] ?? whole.units[0])?.authority?.id ?? '');
  const [snapshot, setSnapshot] = useState(whole.snapshot.id);
  const known = useQuery(snapshotsQuery(undefined, CHOICE)).data?.items ?? [];
  const there = useQuery(snapshotQuery(snapshot)).data;
  const compared = useQuery(
    comparisonQuery(whole.snapshot.id, {
      authority: first || undefined,
      snapshot,
      other: other || undefined,
    }),
  );
  const units = (of: IndexSnapshot | undefined) =>
    (of?.units ?? []).map((u) => ({ value: u.authority?.id ?? '', label: of ? nameOf(u, of) : '' }));
  return (
    <Card id="comparison" title={t('comparison.title')}>
      <div className={css.body}>
        <div className={css.fields}>
          <NativeSelect
            name="first"
            label={t('comparison.first')}
            value={first}
            data={units(whole)}
            onChange={(e) => setFirst(e.currentTarget.value)}
          />
          <NativeSelect
            name="with_snapshot"
            label={t('comparison.snapshot')}
            value={snapshot}
            data={known.map((s) => ({
              value: s.id,
              label: t('snapshotName', { ...partsOf(s.quarter), version: s.number }),
            }))}
            onChange={(e) => setSnapshot(e.currentTarget.value)}
          />
          <NativeSelect
            name="other"
            label={t('comparison.other')}
            value={other}
            data={units(there)}
            onChange={(e) => setOther(e.currentTarget.value)}
          />
        </div>
        {compared.isPending && <Loading />}
        {compared.isError && <ProblemNotice error={compared.error} onRetry={() => void compared.refetch()} />}
        {compared.data && <Shares comparison={compared.data} />}
      </div>
    </Card>
  );
}

function Shares({ comparison }: { comparison: IndexComparison }) {
  const { t, i18n } = useTranslation('indices');
  const told = (share: Share) => {
    const hundredths = (n?: number | null) => formatScore(n, i18n.language, 2);
    if (share.percent === null || share.percent === undefined)
      return <span className={css.none}>{t('noData')}</span>;
    return t('counts.share', {
      percent: hundredths(share.percent),
      low: hundredths(share.low),
      high: hundredths(share.high),
      n: formatCount(share.whole, i18n.language),
    });
  };
  return (
    <>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key */}
      <div className={ui.tableWrap} role="group" aria-labelledby="comparison-title" tabIndex={0}>
        <table className={`${ui.table} ${css.grid}`} aria-labelledby="comparison-title">
          <thead>
            <tr>
              <th scope="col">{t('comparison.share')}</th>
              <th scope="col">{t('comparison.ofFirst')}</th>
              <th scope="col">{t('comparison.ofOther')}</th>
              <th scope="col">{t('comparison.verdict')}</th>
            </tr>
          </thead>
          <tbody>
            {comparison.shares.map((s) => (
              <tr key={s.share}>
                <th scope="row">{t(`comparison.shares.${s.share}`)}</th>
                <td>{told(s.first)}</td>
                <td>{told(s.second)}</td>
                <td>{t(`comparison.verdicts.${s.verdict}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!comparison.same_indices && <Notice tone="soon" title={t('comparison.otherIndices')} />}
      <p className="small soft">
        {t('comparison.least', { least: comparison.least_sample, reason: comparison.least_sample_reason })}
      </p>
    </>
  );
}
