import { Button, Checkbox } from '@mantine/core';
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
import { inspectionsQuery } from './api';
import { AccessChip } from './parts';
import { isNarrowed, kinds, states, type InspectionSearch } from './words';

/** Inspections: by whom, of what, and until when the team may look. */
export function InspectionsScreen(props: {
  me: Me;
  search: InspectionSearch;
  onGo: (search: InspectionSearch) => void;
}) {
  const { t } = useTranslation('inspection');
  const { search } = props;
  const list = useQuery(inspectionsQuery(search));
  const narrow = (part: InspectionSearch) => props.onGo({ ...search, ...part, cursor: undefined });
  return (
    <Page
      title={t('list.title')}
      lead={t('list.lead')}
      aside={
        props.me.permissions.includes('inspections.manage') && (
          <Button
            leftSection={<Icon name="plus" size={16} />}
            renderRoot={(root: object) => <Link {...root} to="/inspections/new" />}
          >
            {t('list.open')}
          </Button>
        )
      }
    >
      <div className={ui.filters} role="group" aria-label={t('filter.label')}>
        <ChoiceFilter
          name="kind"
          label={t('filter.kind')}
          all={t('filter.all')}
          value={search.kind}
          values={kinds}
          word={(kind) => t(`kinds.${kind}`)}
          onPick={(kind) => narrow({ kind })}
        />
        <ChoiceFilter
          name="state"
          label={t('filter.state')}
          all={t('filter.all')}
          value={search.state}
          values={states}
          word={(state) => t(`states.${state}`)}
          onPick={(state) => narrow({ state })}
        />
        <Checkbox
          label={t('filter.mine')}
          checked={search.mine === 1}
          onChange={(e) => narrow({ mine: e.currentTarget.checked ? 1 : undefined })}
        />
      </div>
      <Card id="inspections" title={t('list.items')}>
        <Listed
          list={list}
          icon="search"
          none={t(isNarrowed(search) ? 'list.noneFound' : 'list.none')}
          onGo={(cursor) => props.onGo({ ...search, cursor })}
        >
          {(items) => (
            <Rows
              of="inspections"
              columns={[
                { label: t('list.decision') },
                { label: t('list.subject') },
                { label: t('list.head') },
                { label: t('list.access') },
                { label: t('list.state') },
              ]}
              rows={items.map((one) => ({
                key: one.id,
                cells: [
                  <Link key="link" to="/inspections/$id" params={{ id: one.id }}>
                    {one.decision_number}
                  </Link>,
                  <div key="what">
                    <span lang="vi">{one.subject}</span>
                    <div className="small soft">{t(`kinds.${one.kind}`)}</div>
                  </div>,
                  one.members.find((m) => m.head)?.person.full_name,
                  t('list.days', { from: formatDate(one.access_from), to: formatDate(one.access_to) }),
                  <AccessChip key="state" inspection={one} />,
                ],
              }))}
            />
          )}
        </Listed>
      </Card>
    </Page>
  );
}
