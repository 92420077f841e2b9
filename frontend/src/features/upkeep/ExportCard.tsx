import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/shared/ui/Icon';
import { ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { useExport } from './api';
import css from './upkeep.module.css';

export function ExportCard() {
  const { t } = useTranslation('upkeep');
  const out = useExport();
  return (
    <Card id="export" title={t('file.export.title')}>
      <div className={css.inside}>
        <p className={css.text}>{t('file.export.text')}</p>
        <div className={css.buttons}>
          {(['csv', 'json'] as const).map((format) => (
            <Button
              key={format}
              variant="default"
              loading={out.isPending && out.variables === format}
              leftSection={<Icon name="intake" size={16} />}
              onClick={() => out.mutate(format)}
            >
              {t(`file.export.${format}`)}
            </Button>
          ))}
        </div>
        {out.isError && <ProblemNotice error={out.error} />}
        <p role="status" className="soft">
          {out.isSuccess ? t('file.export.done', { name: out.data }) : ''}
        </p>
      </div>
    </Card>
  );
}
