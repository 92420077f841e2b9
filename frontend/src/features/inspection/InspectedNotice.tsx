import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Notice } from '@/shared/ui/Notice';
import { inspectionQuery } from './api';

/** Says on a dossier's page that one looks at it for an inspection, to whom of its team opened it there. */
export function InspectedNotice({ inspection: id }: { inspection: string }) {
  const { t } = useTranslation('inspection');
  const inspection = useQuery(inspectionQuery(id)).data;
  // An address says what anybody typed: only who is of the team and may look is told so.
  if (!inspection?.may_look) return null;
  return (
    <Notice
      title={t('looking', { number: inspection.decision_number })}
      foot={
        <Link to="/inspections/$id" params={{ id }}>
          {t('sample.back')}
        </Link>
      }
    />
  );
}
