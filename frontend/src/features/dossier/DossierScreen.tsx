import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { TimingText } from '@/features/deadline/TimingText';
import { DeclarationsCard } from '@/features/declaration/OfDossier';
import { FeesCard } from '@/features/fee/FeesCard';
import { FilesCard } from '@/features/file/FilesCard';
import { InspectedNotice } from '@/features/inspection/InspectedNotice';
import { MessagesCard } from '@/features/message/MessagesCard';
import { usePolling } from '@/shared/api/live';
import type { Dossier } from '@/shared/api/types';
import { formatDateTime } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Page } from '@/shared/ui/Page';
import { ActionPanel } from './actions/ActionPanel';
import { dossierQuery } from './api';
import css from './dossier.module.css';
import { DueCard } from './DueCard';
import { LettersCard } from './LettersCard';
import { LineCard } from './line/LineCard';
import { PartiesCard } from './PartiesCard';
import { ComponentsCard, HandoverCard, OutcomeCard } from './sections';
import { StateChip } from './StateChip';
import { TimelineCard } from './TimelineCard';
import { TurnsCard } from './TurnsCard';
import { WorkflowCard } from './WorkflowCard';

export function DossierScreen({ id, inspection }: { id: string; inspection?: string }) {
  const { t } = useTranslation('dossier');
  const refetchInterval = usePolling();
  const dossier = useQuery({ ...dossierQuery(id), refetchInterval });
  if (dossier.data) return <Whole dossier={dossier.data} inspection={inspection} />;
  return (
    <Page title={t('page.title')}>
      {dossier.isError ? (
        <ProblemNotice error={dossier.error} onRetry={() => void dossier.refetch()} />
      ) : (
        <Loading rows={8} />
      )}
    </Page>
  );
}

function Whole({ dossier, inspection }: { dossier: Dossier; inspection?: string }) {
  const { t } = useTranslation('dossier');
  const code = dossier.code ?? dossier.submission_number ?? t('noCode');
  return (
    <Page
      title={code}
      documentTitle={t('page.documentTitle', { code })}
      lead={<span className={css.procedure}>{dossier.procedure.name}</span>}
      aside={
        dossier.letters.some((l) => l.form === '01') && (
          <Button
            variant="default"
            leftSection={<Icon name="print" />}
            renderRoot={(props) => <Link {...props} to="/dossiers/$id/slip" params={{ id: dossier.id }} />}
          >
            {t('page.slip')}
          </Button>
        )
      }
    >
      {/* Who has something to do here works here, and looks for nobody. */}
      {inspection && dossier.allowed_actions.length === 0 && <InspectedNotice inspection={inspection} />}
      <div className={css.status}>
        <StateChip dossier={dossier} />
        <TimingText dossier={dossier} />
        <span className="soft">{t('page.at', { desk: t(`desk.${dossier.desk}`) })}</span>
        {dossier.handler && (
          <span className="soft">
            {dossier.claimed_until
              ? t('claimedUntil', {
                  name: dossier.handler.full_name,
                  at: formatDateTime(dossier.claimed_until),
                })
              : t('page.handler', { name: dossier.handler.full_name })}
          </span>
        )}
      </div>
      <div className={css.columns}>
        <div className={css.side}>
          <ActionPanel dossier={dossier} />
          <DueCard dossier={dossier} />
        </div>
        <div className={css.main}>
          <LineCard dossier={dossier} />
          <WorkflowCard dossier={dossier} />
          <TurnsCard dossier={dossier} />
          <PartiesCard dossier={dossier} />
          <ComponentsCard dossier={dossier} />
          <DeclarationsCard dossier={dossier} />
          <FilesCard id={dossier.id} />
          <FeesCard dossier={dossier} />
          <OutcomeCard dossier={dossier} />
          <HandoverCard dossier={dossier} />
          <LettersCard dossier={dossier} />
          <MessagesCard id={dossier.id} />
          <TimelineCard id={dossier.id} />
        </div>
      </div>
    </Page>
  );
}
