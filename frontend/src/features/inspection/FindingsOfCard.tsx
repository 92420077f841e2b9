import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Inspection } from '@/shared/api/types';
import { Icon } from '@/shared/ui/Icon';
import { Listed } from '@/shared/ui/Listed';
import { Card } from '@/shared/ui/Page';
import { findingsQuery } from './api';
import { FindingRows } from './FindingRows';
import css from './inspection.module.css';

/** The findings of one inspection, those that are waited for first. */
export function FindingsOfCard({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation('inspection');
  const search = { inspection: inspection.id };
  const list = useQuery(findingsQuery(search));
  return (
    <Card
      id="findings"
      title={t('findings.ofInspection')}
      aside={
        inspection.may_find && (
          <Button
            size="compact-md"
            leftSection={<Icon name="plus" size={16} />}
            renderRoot={(root: object) => (
              <Link {...root} to="/inspections/$id/findings/new" params={{ id: inspection.id }} search={{}} />
            )}
          >
            {t('findings.make')}
          </Button>
        )
      }
    >
      <div className={css.stack}>
        <Listed list={list} icon="check" none={t('findings.noneHere')}>
          {(items) => <FindingRows of="findings" findings={items} />}
        </Listed>
        {list.data?.next && (
          <Link to="/findings" search={search}>
            {t('findings.all')}
          </Link>
        )}
      </div>
    </Card>
  );
}
