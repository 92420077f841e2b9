import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Me } from '@/shared/api/types';
import { ChoiceFilter } from '@/shared/ui/ChoiceFilter';
import { formatDate } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Listed } from '@/shared/ui/Listed';
import { Card, Page } from '@/shared/ui/Page';
import { Rows } from '@/shared/ui/Rows';
import ui from '@/shared/ui/ui.module.css';
import { conductQuery } from './api';
import { AboutWhom, ConductChips } from './ConductParts';
import { AuthorityFilter } from './parts';
import { conductKinds, isNarrowed, type ConductSearch } from './words';

/** Commendation and discipline: whole for who answers for it, what is public for everybody else. */
export function ConductScreen(props: {
  me: Me;
  search: ConductSearch;
  onGo: (search: ConductSearch) => void;
}) {
  const { t } = useTranslation('inspection');
  const { search } = props;
  const { permissions } = props.me;
  const list = useQuery(conductQuery(search));
  const narrow = (part: ConductSearch) => props.onGo({ ...search, ...part, cursor: undefined });
  return (
    <Page
      title={t('conduct.title')}
      lead={t(permissions.includes('conduct_records.read') ? 'conduct.lead' : 'conduct.leadPublic')}
      aside={
        permissions.includes('conduct_records.keep') && (
          <Button
            leftSection={<Icon name="plus" size={16} />}
            renderRoot={(root: object) => <Link {...root} to="/conduct-records/new" />}
          >
            {t('conduct.new')}
          </Button>
        )
      }
    >
      <div className={ui.filters} role="group" aria-label={t('filter.label')}>
        <ChoiceFilter
          name="kind"
          label={t('conduct.kind')}
          all={t('filter.all')}
          value={search.kind}
          values={conductKinds}
          word={(kind) => t(`conductKinds.${kind}`)}
          onPick={(kind) => narrow({ kind })}
        />
        <AuthorityFilter
          label={t('conduct.authority')}
          value={search.authority}
          onPick={(authority) => narrow({ authority })}
        />
      </div>
      <Card id="conduct" title={t('conduct.items')}>
        <Listed
          list={list}
          icon="user"
          none={t(isNarrowed(search) ? 'conduct.noneFound' : 'conduct.none')}
          onGo={(cursor) => props.onGo({ ...search, cursor })}
        >
          {(items) => (
            <Rows
              of="conduct"
              columns={[
                { label: t('conduct.form') },
                { label: t('conduct.who') },
                { label: t('conduct.decision') },
                { label: t('conduct.state') },
              ]}
              rows={items.map((record) => ({
                key: record.id,
                cells: [
                  <div key="form">
                    <Link to="/conduct-records/$id" params={{ id: record.id }} lang="vi">
                      {record.form}
                    </Link>
                    <div className="small soft">{t(`conductKinds.${record.kind}`)}</div>
                  </div>,
                  <AboutWhom key="who" record={record} />,
                  t('conduct.of', { number: record.decision_number, on: formatDate(record.decision_on) }),
                  <ConductChips key="state" record={record} />,
                ],
              }))}
            />
          )}
        </Listed>
      </Card>
    </Page>
  );
}
