import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListingAudit } from '@/shared/api/types';
import { formatDate } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Notice } from '@/shared/ui/Notice';
import { Card, Facts } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import css from './upkeep.module.css';

/** What an audit found, on the screen and on paper. */
export function AuditResult({ audit, against }: { audit: ListingAudit; against: string }) {
  const { t } = useTranslation('upkeep');
  const { missing, surplus, renamed } = audit;
  const allEqual = missing.length + surplus.length + renamed.length === 0;
  return (
    <div className={css.sheet}>
      <Card
        id="audit"
        title={t('audit.result', { date: formatDate(audit.on) })}
        aside={
          <span className="no-print">
            <Button
              variant="default"
              leftSection={<Icon name="print" size={16} />}
              onClick={() => window.print()}
            >
              {t('audit.print')}
            </Button>
          </span>
        }
      >
        <div className={css.inside} role="status">
          <p className="soft">{t('audit.against', { name: against })}</p>
          <Facts
            items={[
              [t('audit.equal'), String(audit.equal)],
              [t('audit.missing'), String(missing.length)],
              [t('audit.surplus'), String(surplus.length)],
              [t('audit.renamed'), String(renamed.length)],
            ]}
          />
          {allEqual && <Notice tone="good" title={t('audit.allEqual')} />}
        </div>
      </Card>
      <Found
        id="missing"
        title={t('audit.missingTitle')}
        columns={[t('file.column.name')]}
        rows={missing.map((m) => [
          m.code,
          m.name ?? (
            <span key="none" className="soft">
              {t('audit.noName')}
            </span>
          ),
        ])}
      />
      <Found
        id="surplus"
        title={t('audit.surplusTitle')}
        columns={[t('file.column.name')]}
        rows={surplus.map((s) => [s.code, s.name])}
      />
      <Found
        id="renamed"
        title={t('audit.renamedTitle')}
        columns={[t('audit.nameHere'), t('audit.nameThere')]}
        rows={renamed.map((r) => [r.code, r.name, r.master_name])}
      />
    </div>
  );
}

/** One of the lists: a code and what is known of it. */
function Found(props: { id: string; title: string; columns: string[]; rows: [string, ...ReactNode[]][] }) {
  const { t } = useTranslation('upkeep');
  return (
    <Card id={props.id} title={props.title}>
      {props.rows.length === 0 ? (
        <p className="soft">{t('audit.none')}</p>
      ) : (
        <table className={`${ui.table} ${css.codes}`}>
          <thead>
            <tr>
              <th scope="col">{t('file.column.code')}</th>
              {props.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {props.rows.map(([code, ...cells]) => (
              <tr key={code}>
                <td className="code">{code}</td>
                {cells.map((cell, i) => (
                  <td key={props.columns[i]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
