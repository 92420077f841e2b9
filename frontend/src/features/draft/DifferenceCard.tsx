import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import { Card } from '@/shared/ui/Page';
import { ChangeList } from './ChangeList';
import css from './draft.module.css';
import type { Draft } from './types';

/** What the draft changes of what is published, and which dossiers that does not touch. */
export function DifferenceCard({ draft, dirty }: { draft: Draft; dirty: boolean }) {
  const { t } = useTranslation('draft');
  const me = useQuery(meQuery()).data;
  const fresh = draft.base_version === 0;
  const { count, more } = draft.open_dossiers;
  // Who only administers is told how many there are, but has no list of dossiers to see them in.
  const reads = me?.roles.some((r) => r.role !== 'admin') ?? false;
  return (
    <Card id="differs" title={fresh ? t('differs.titleNew') : t('differs.title')}>
      <div className={css.stack}>
        {dirty && !fresh && <p className="small soft">{t('differs.unsaved')}</p>}
        {fresh ? (
          <p>{t('differs.new')}</p>
        ) : draft.changes.length === 0 ? (
          <p>{t('differs.none', { number: draft.base_version })}</p>
        ) : (
          <div>
            <ChangeList changes={draft.changes} document={draft.procedure} />
          </div>
        )}
        {!fresh && (
          <p>
            {count === 0 ? t('open.none') : t(more ? 'open.many' : 'open.some', { count })}{' '}
            {reads && count > 0 && (
              <Link to="/dossiers" search={{ procedure: draft.procedure.code }}>
                {t('open.see')}
              </Link>
            )}
          </p>
        )}
      </div>
    </Card>
  );
}
