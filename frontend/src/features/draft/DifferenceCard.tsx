import { useTranslation } from 'react-i18next';
import { Card } from '@/shared/ui/Page';
import { ChangeList } from './ChangeList';
import css from './draft.module.css';
import { OpenDossiers } from './OpenDossiers';
import type { Draft } from './types';

/** What the draft changes of what is published, and which dossiers that does not touch. */
export function DifferenceCard({ draft, dirty }: { draft: Draft; dirty: boolean }) {
  const { t } = useTranslation('draft');
  const fresh = draft.base_version === 0;
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
        {!fresh && <OpenDossiers code={draft.procedure.code} />}
      </div>
    </Card>
  );
}
