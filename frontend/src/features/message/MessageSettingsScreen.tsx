import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Page } from '@/shared/ui/Page';
import { settingsQuery, templatesQuery } from './api';
import { QuietCard } from './QuietCard';
import { StandingCard } from './StandingCard';
import { TemplateCard } from './TemplateCard';

/** How the centre tells people: by which gateways, when, and in which words. */
export function MessageSettingsScreen() {
  const { t } = useTranslation('message');
  const settings = useQuery(settingsQuery());
  const templates = useQuery(templatesQuery());
  return (
    <Page title={t('page.title')} lead={t('page.lead')}>
      {(settings.isPending || templates.isPending) && <Loading rows={8} />}
      {settings.isError && <ProblemNotice error={settings.error} onRetry={() => void settings.refetch()} />}
      {settings.data && (
        <>
          <StandingCard settings={settings.data} />
          <QuietCard settings={settings.data} />
        </>
      )}
      {templates.isError && (
        <ProblemNotice error={templates.error} onRetry={() => void templates.refetch()} />
      )}
      {templates.data && <TemplateCard templates={templates.data.items} />}
    </Page>
  );
}
