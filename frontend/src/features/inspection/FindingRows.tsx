import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { FindingItem } from '@/shared/api/types';
import { Rows } from '@/shared/ui/Rows';
import { DueText, FindingChip } from './parts';
import { briefly } from './words';

/** Findings as a list: what, whose, where it stands, by when. */
export function FindingRows({ of, findings }: { of: string; findings: FindingItem[] }) {
  const { t } = useTranslation('inspection');
  return (
    <Rows
      of={of}
      columns={[
        { label: t('findings.what') },
        { label: t('findings.whose') },
        { label: t('findings.state') },
        { label: t('findings.due') },
      ]}
      rows={findings.map((finding) => ({
        key: finding.id,
        cells: [
          <div key="what">
            <Link to="/findings/$id" params={{ id: finding.id }} lang="vi">
              {briefly(finding.text)}
            </Link>
            <div className="small soft">
              {t(`about.${finding.kind}`)} · {finding.decision_number}
            </div>
          </div>,
          <div key="whose">
            <span lang="vi">{finding.authority_name}</span>
            {finding.officer && <div className="small soft">{finding.officer.full_name}</div>}
          </div>,
          <FindingChip key="state" state={finding.state} />,
          <DueText key="due" finding={finding} />,
        ],
      }))}
    />
  );
}
