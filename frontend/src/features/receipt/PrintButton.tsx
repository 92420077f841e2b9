import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Receipt } from '@/shared/api/types';
import { Icon } from '@/shared/ui/Icon';
import { ProblemNotice } from '@/shared/ui/Notice';
import { useDocument } from './api';
import { nameOf } from './words';

/** Shows a receipt as the document that is printed and kept. */
export function PrintButton({ receipt }: { receipt: Receipt }) {
  const { t } = useTranslation('receipt');
  const shown = useDocument();
  return (
    <>
      <Button
        size="compact-md"
        variant="default"
        leftSection={<Icon name="print" size={16} />}
        loading={shown.isPending}
        aria-label={t('printOf', { name: nameOf(receipt) })}
        onClick={() => shown.mutate(receipt)}
      >
        {t('print')}
      </Button>
      {shown.isError && <ProblemNotice error={shown.error} />}
    </>
  );
}
