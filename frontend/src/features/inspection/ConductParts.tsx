import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import { isIndex, partsOf } from '@/features/indices/words';
import type { ConductRecord, Evidence } from '@/shared/api/types';
import { formatDate, formatDateTime } from '@/shared/ui/format';
import { Chip } from '@/shared/ui/Notice';
import { Facts } from '@/shared/ui/Page';
import css from './inspection.module.css';
import { Said } from './parts';
import { indexLineOf } from './words';

export function ConductChips({ record }: { record: ConductRecord }) {
  const { t } = useTranslation('inspection');
  return (
    <span className={css.state}>
      {record.revocation ? (
        <Chip tone="rest" icon="cross">
          {t('conduct.revoked')}
        </Chip>
      ) : (
        <Chip tone="good" icon="check">
          {t('conduct.valid')}
        </Chip>
      )}
      {record.public && <Chip icon="eye">{t('conduct.public')}</Chip>}
    </span>
  );
}

/** Who a record is about: an officer with their authority, or an authority. */
export function AboutWhom({ record }: { record: ConductRecord }) {
  return (
    <>
      {record.officer?.full_name}
      {record.authority_name && (
        <div className={record.officer ? 'small soft' : undefined} lang="vi">
          {record.authority_name}
        </div>
      )}
    </>
  );
}

/** What a record says, and what it rests on. */
export function ConductFacts({ record }: { record: ConductRecord }) {
  const { t } = useTranslation('inspection');
  return (
    <div className={css.stack}>
      <Facts
        items={[
          [t('conduct.who'), <AboutWhom key="who" record={record} />],
          [
            t('conduct.form'),
            <span key="form" lang="vi">
              {record.form}
            </span>,
          ],
          [
            t('conduct.decision'),
            t('conduct.of', { number: record.decision_number, on: formatDate(record.decision_on) }),
          ],
          [
            t('conduct.decidedBy'),
            <span key="by" lang="vi">
              {record.decided_by}
            </span>,
          ],
          [t('conduct.reason'), <Said key="reason">{record.reason}</Said>],
          [t('conduct.evidence'), <EvidenceList key="evidence" record={record} />],
          [t('conduct.public'), record.public && t('conduct.isPublic')],
          [
            t('conduct.kept'),
            t('conduct.by', { at: formatDateTime(record.kept_at), who: record.kept_by.full_name }),
          ],
          [
            t('revoke.title'),
            record.revocation && (
              <div key="revoked">
                <p>
                  {t('conduct.of', {
                    number: record.revocation.decision_number,
                    on: formatDate(record.revocation.decision_on),
                  })}
                </p>
                <Said>{record.revocation.reason}</Said>
                <p className="small soft">
                  {t('conduct.by', {
                    at: formatDateTime(record.revocation.at),
                    who: record.revocation.by.full_name,
                  })}
                </p>
              </div>
            ),
          ],
        ]}
      />
    </div>
  );
}

function EvidenceList({ record }: { record: ConductRecord }) {
  const { t } = useTranslation('inspection');
  if (record.evidence.length === 0) return <span className="soft">{t('conduct.hidden')}</span>;
  return (
    <ul className={css.list}>
      {record.evidence.map((each) => (
        <li key={`${each.kind} ${each.id}`}>
          {t(`evidenceKinds.${each.kind}`)}: <EvidenceName evidence={each} />
        </li>
      ))}
    </ul>
  );
}

/** What something is called that a record rests on; who may read it opens it there. */
export function EvidenceName({ evidence }: { evidence: Evidence }) {
  const label = useEvidenceLabel()(evidence);
  const may = useQuery(meQuery()).data?.permissions ?? [];
  const { id } = evidence;
  if (!may.includes('conduct_records.read')) return <>{label}</>;
  switch (evidence.kind) {
    case 'dossier':
      return (
        <Link to="/dossiers/$id" params={{ id }} className="code">
          {label}
        </Link>
      );
    case 'feedback':
      return (
        <Link to="/feedback/$id" params={{ id }} className="code">
          {label}
        </Link>
      );
    case 'finding':
      return (
        <Link to="/findings/$id" params={{ id }}>
          {label}
        </Link>
      );
    case 'inspection':
      if (!may.includes('inspections.read')) return <>{label}</>;
      return (
        <Link to="/inspections/$id" params={{ id }}>
          {label}
        </Link>
      );
    case 'index_line':
      return <>{label}</>;
  }
}

/** The label in the words of the screen: of indices the quarter, the number and which of the nine. */
export function useEvidenceLabel() {
  const { t } = useTranslation(['inspection', 'indices']);
  return ({ kind, label }: Pick<Evidence, 'kind' | 'label'>) => {
    const line = kind === 'index_line' ? indexLineOf(label) : undefined;
    if (!line || !isIndex(line.index)) return label;
    return t('conduct.indexLine', {
      snapshot: t('indices:snapshotName', { ...partsOf(line.quarter), version: line.version }),
      index: t(`indices:index.${line.index}`),
    });
  };
}
