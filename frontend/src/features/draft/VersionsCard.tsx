import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDate, formatDateTime } from '@/shared/ui/format';
import { Chip, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { versionsQuery } from './api';
import css from './draft.module.css';
import type { VersionItem } from './types';

/** Every version of a procedure, with the way to what changed in it. */
export function VersionsCard({ code, holds }: { code: string; holds: number }) {
  const { t } = useTranslation('draft');
  const versions = useQuery(versionsQuery(code));
  return (
    <Card id="versions" title={t('versions.title')}>
      <p className="small soft">{t('versions.lead')}</p>
      {versions.isPending && <Loading />}
      {versions.isError && <ProblemNotice error={versions.error} onRetry={() => void versions.refetch()} />}
      <ol className={`${css.versions} plain`}>
        {versions.data?.items.map((version) => (
          <VersionRow key={version.version} version={version} holds={version.version === holds} />
        ))}
      </ol>
    </Card>
  );
}

function VersionRow({ version: v, holds }: { version: VersionItem; holds: boolean }) {
  const { t } = useTranslation('draft');
  const from = formatDate(v.in_force_from);
  return (
    <li>
      <p className={css.versionHead}>
        <strong>{t('versions.one', { number: v.version })}</strong>
        <span>
          {v.in_force_to
            ? t('versions.span', { from, to: formatDate(v.in_force_to) })
            : t('versions.from', { from })}
        </span>
        {holds && (
          <Chip tone="good" icon="check">
            {t('versions.holds')}
          </Chip>
        )}
      </p>
      <p className="small soft">{t('versions.entered', { at: formatDateTime(v.entered_at) })}</p>
      {v.version > 1 && (
        <Link
          to="/catalogue/$code/compare"
          params={{ code: v.code }}
          search={{ from: v.version - 1, to: v.version }}
        >
          {t('versions.compare', { from: v.version - 1 })}
        </Link>
      )}
    </li>
  );
}
