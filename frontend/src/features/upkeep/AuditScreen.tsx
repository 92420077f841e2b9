import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/shared/api/problem';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { useAudit } from './api';
import { AuditResult } from './AuditResult';
import { BackLink } from './BackLink';
import { FaultTable } from './FaultTable';
import type { ChosenFile } from './file';
import { FileDrop } from './FileDrop';
import css from './upkeep.module.css';

/** Holds what is posted here against the list of whoever is above. */
export function AuditScreen() {
  const { t } = useTranslation('upkeep');
  const [file, setFile] = useState<ChosenFile | null>(null);
  const audit = useAudit();
  const choose = (chosen: ChosenFile | null) => {
    setFile(chosen);
    if (chosen) audit.mutate(chosen);
    else audit.reset();
  };
  const problem = audit.error && asProblem(audit.error);
  const faulty = problem?.code === 'catalogue_faulty';
  return (
    <Page title={t('audit.title')} lead={<span className="no-print">{t('audit.lead')}</span>}>
      <div className="no-print">
        <Card id="master" title={t('audit.fileTitle')}>
          <div className={css.inside}>
            <p className={css.text}>{t('audit.fileText')}</p>
            <FileDrop label={t('audit.choose')} chosen={file?.name} busy={audit.isPending} onFile={choose} />
            {audit.isPending && <Loading />}
            {file && faulty && <FaultTable file={file} errors={problem.errors} of="audit" />}
            {problem && !faulty && (
              <ProblemNotice error={problem} onRetry={file ? () => choose(file) : undefined} />
            )}
          </div>
        </Card>
      </div>
      {file && audit.data && <AuditResult audit={audit.data} against={file.name} />}
      <BackLink />
    </Page>
  );
}
