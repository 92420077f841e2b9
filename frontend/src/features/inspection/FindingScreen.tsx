import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useWord } from '@/shared/i18n/useWord';
import type { Finding } from '@/shared/api/types';
import { formatDate, formatDateTime } from '@/shared/ui/format';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts, Page } from '@/shared/ui/Page';
import { findingQuery } from './api';
import { FindingActions } from './FindingActions';
import css from './inspection.module.css';
import { DueText, FindingChip, Said } from './parts';

/** One finding: what was found, what is asked, every step, and what may be done now. */
export function FindingScreen({ id }: { id: string }) {
  const { t } = useTranslation('inspection');
  const found = useQuery(findingQuery(id));
  const finding = found.data;
  return (
    <Page
      title={t('finding.title')}
      lead={finding && t('one.byDecision', { number: finding.decision_number })}
    >
      <p>
        <Link to="/findings" search={{}}>
          {t('finding.back')}
        </Link>
      </p>
      {found.isPending && <Loading rows={8} />}
      {found.isError && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
      {finding && (
        <>
          <WhatCard finding={finding} />
          {finding.allowed_actions.length > 0 && <FindingActions key={finding.version} finding={finding} />}
          <StepsCard finding={finding} />
        </>
      )}
    </Page>
  );
}

function WhatCard({ finding }: { finding: Finding }) {
  const { t } = useTranslation('inspection');
  return (
    <Card id="found" title={t('finding.found')} aside={<FindingChip state={finding.state} />}>
      <div className={css.stack}>
        <Said>{finding.text}</Said>
        <Facts
          items={[
            [t('finding.asked'), <Said key="asked">{finding.asked}</Said>],
            [t('finding.due'), <DueText key="due" finding={finding} />],
            [
              t('finding.authority'),
              <span key="authority" lang="vi">
                {finding.authority_name}
              </span>,
            ],
            [t('finding.officer'), finding.officer?.full_name],
            [t('finding.about'), t(`about.${finding.kind}`)],
            [
              t('finding.dossier'),
              finding.dossier_id && (
                <Link
                  to="/dossiers/$id"
                  params={{ id: finding.dossier_id }}
                  search={{ inspection: finding.inspection_id }}
                  className="code"
                >
                  {finding.dossier_code ?? t('sample.noCode')}
                </Link>
              ),
            ],
            [
              t('finding.made'),
              t('one.by', { at: formatDateTime(finding.made_at), who: finding.made_by.full_name }),
            ],
          ]}
        />
      </div>
    </Card>
  );
}

/** Every step with who, when and their words, oldest first. */
function StepsCard({ finding }: { finding: Finding }) {
  const { t } = useTranslation('inspection');
  const word = useWord();
  return (
    <Card id="steps" title={t('finding.steps')}>
      <ol className={css.steps}>
        {finding.steps.map((step) => (
          <li key={`${step.at} ${step.kind}`}>
            <strong>{word('inspection:finding.kinds', step.kind)}</strong>
            {step.note && <Said>{step.note}</Said>}
            {step.document_number && <span>{t('finding.document', { number: step.document_number })}</span>}
            {step.due_on && <span>{t('finding.dueThen', { date: formatDate(step.due_on) })}</span>}
            <span className="small soft">
              {t('one.by', { at: formatDateTime(step.at), who: step.by.full_name })}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
