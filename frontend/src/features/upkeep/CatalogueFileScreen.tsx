import { useTranslation } from 'react-i18next';
import { Page } from '@/shared/ui/Page';
import { BackLink } from './BackLink';
import { ExportCard } from './ExportCard';
import { ImportCard } from './ImportCard';

/** The whole catalogue as a file: out, and back in. */
export function CatalogueFileScreen() {
  const { t } = useTranslation('upkeep');
  return (
    <Page title={t('file.title')} lead={t('file.lead')}>
      <ExportCard />
      <ImportCard />
      <BackLink />
    </Page>
  );
}
