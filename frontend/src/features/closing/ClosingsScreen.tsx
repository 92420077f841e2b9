import { useTranslation } from 'react-i18next';
import { useMay } from '@/features/receipt/useMay';
import { Page } from '@/shared/ui/Page';
import { CashRuleCard } from './CashRuleCard';
import { ClosingsCard } from './ClosingsCard';
import { TillCard } from './TillCard';

/** The end of a cashier's day: her till is counted and closed; and what was closed before. */
export function ClosingsScreen(props: { cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation('closing');
  const collects = useMay('payments.collect');
  return (
    <Page title={t('title')} lead={t('lead')}>
      {collects && <TillCard />}
      <ClosingsCard {...props} />
      <CashRuleCard />
    </Page>
  );
}
