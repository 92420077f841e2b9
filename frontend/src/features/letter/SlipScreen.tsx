import { Button, Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { slipDocument } from '@/features/dossier/api';
import { FileButton } from '@/shared/ui/FileButton';
import { Icon } from '@/shared/ui/Icon';
import { Page } from '@/shared/ui/Page';
import css from './letter.module.css';
import { SlipSheets } from './SlipSheets';

export function SlipScreen({ id, number }: { id: string; number?: number }) {
  const { t } = useTranslation('slip');
  const [both, setBoth] = useState(true);
  return (
    <>
      <Page title={t('pageTitle')} ownFocus>
        <div className={`${css.bar} no-print`}>
          {/* The button is what one came for. */}
          <Button autoFocus leftSection={<Icon name="print" />} onClick={() => window.print()}>
            {t('print')}
          </Button>
          <FileButton
            icon="receipt"
            otherwise={`${t('file')}.pdf`}
            ask={() => slipDocument(id, both, number)}
          >
            {t('document')}
          </FileButton>
          <Checkbox
            label={t('bothCopies')}
            checked={both}
            onChange={(e) => setBoth(e.currentTarget.checked)}
          />
          <Link to="/dossiers/$id" params={{ id }}>
            {t('back')}
          </Link>
        </div>
        <SlipSheets id={id} number={number} both={both} />
      </Page>
    </>
  );
}
