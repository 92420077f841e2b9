import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFigures } from '@/features/surveyresult/useFigures';
import { ChoiceFilter } from '@/shared/ui/ChoiceFilter';
import { Listed } from '@/shared/ui/Listed';
import { Card, Page } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { findingCountsQuery, findingsQuery } from './api';
import { FindingRows } from './FindingRows';
import css from './inspection.module.css';
import { AuthorityFilter } from './parts';
import { findingKinds, findingStates, isNarrowed, onlyFindings, type FindingSearch } from './words';

/** The desk of findings: what is waited for, what is overdue first. */
export function FindingsScreen(props: { search: FindingSearch; onGo: (search: FindingSearch) => void }) {
  const { t } = useTranslation('inspection');
  const { count } = useFigures();
  const { search } = props;
  const list = useQuery(findingsQuery(search));
  const counts = useQuery(findingCountsQuery(search)).data;
  const narrow = (part: FindingSearch) => props.onGo({ ...search, ...part, cursor: undefined });
  const all = t('filter.all');
  return (
    <Page title={t('findings.title')} lead={t('findings.lead')}>
      <div className={ui.filters} role="group" aria-label={t('filter.label')}>
        <ChoiceFilter
          name="only"
          label={t('findings.only')}
          all={all}
          value={search.only}
          values={onlyFindings}
          word={(only) => t(`findings.${only}`)}
          onPick={(only) => narrow({ only })}
        />
        <ChoiceFilter
          name="state"
          label={t('findings.state')}
          all={all}
          value={search.state}
          values={findingStates}
          word={(state) => t(`findingStates.${state}`)}
          onPick={(state) => narrow({ state })}
        />
        <ChoiceFilter
          name="kind"
          label={t('findings.about')}
          all={all}
          value={search.kind}
          values={findingKinds}
          word={(kind) => t(`about.${kind}`)}
          onPick={(kind) => narrow({ kind })}
        />
        <AuthorityFilter
          label={t('findings.authority')}
          value={search.authority}
          onPick={(authority) => narrow({ authority })}
        />
        <Checkbox
          label={t('findings.mine')}
          checked={search.mine === 1}
          onChange={(e) => narrow({ mine: e.currentTarget.checked ? 1 : undefined })}
        />
      </div>
      {search.inspection && (
        <p>
          {t('findings.onlyOne')}{' '}
          <Link to="/findings" search={{}}>
            {t('findings.showAll')}
          </Link>
        </p>
      )}
      <Card id="findings" title={t('findings.items')}>
        <div className={css.stack}>
          {counts && (
            <p className="soft">
              {t('findings.counts', {
                open: count(counts.open),
                reported: count(counts.reported),
                overdue: count(counts.overdue),
              })}
            </p>
          )}
          <Listed
            list={list}
            icon="check"
            none={t(isNarrowed(search) ? 'findings.noneFound' : 'findings.none')}
            onGo={(cursor) => props.onGo({ ...search, cursor })}
          >
            {(items) => <FindingRows of="findings" findings={items} />}
          </Listed>
        </div>
      </Card>
    </Page>
  );
}
