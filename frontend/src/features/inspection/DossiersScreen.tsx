import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StateChip } from '@/features/dossier/StateChip';
import { formatDateTime } from '@/shared/ui/format';
import { Listed } from '@/shared/ui/Listed';
import { Card, Page } from '@/shared/ui/Page';
import { Rows } from '@/shared/ui/Rows';
import { inspectedDossiersQuery, inspectionQuery } from './api';
import { AccessText } from './parts';

/** What the team may look at. */
export function DossiersScreen(props: { id: string; cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation(['inspection', 'dossier']);
  const inspection = useQuery(inspectionQuery(props.id)).data;
  const list = useQuery(inspectedDossiersQuery(props.id, props.cursor));
  return (
    <Page title={t('dossiers.title')} lead={t('dossiers.lead')}>
      <p>
        <Link to="/inspections/$id" params={{ id: props.id }}>
          {t('dossiers.back')}
        </Link>
      </p>
      {inspection && (
        <p>
          <AccessText inspection={inspection} />
        </p>
      )}
      <Card id="dossiers" title={t('dossiers.items')}>
        <Listed list={list} rows={8} none={t('dossiers.none')} onGo={props.onGo}>
          {(items) => (
            <Rows
              of="dossiers"
              columns={[
                { label: t('dossier:column.code') },
                { label: t('dossier:column.what') },
                { label: t('sample.owner') },
                { label: t('dossier:column.state') },
              ]}
              rows={items.map((item) => ({
                key: item.id,
                cells: [
                  <Link
                    key="link"
                    to="/dossiers/$id"
                    params={{ id: item.id }}
                    search={{ inspection: props.id }}
                    className="code"
                  >
                    {item.code ?? item.submission_number ?? t('sample.noCode')}
                  </Link>,
                  <div key="what">
                    <span lang="vi">{item.procedure.name}</span>
                    <div className="small soft" lang="vi">
                      {item.authority.name}
                    </div>
                  </div>,
                  <span key="owner" lang="vi">
                    {item.owner.full_name}
                  </span>,
                  <div key="state">
                    <StateChip dossier={item} />
                    <div className="small soft">{formatDateTime(item.received_at)}</div>
                  </div>,
                ],
              }))}
            />
          )}
        </Listed>
      </Card>
    </Page>
  );
}
