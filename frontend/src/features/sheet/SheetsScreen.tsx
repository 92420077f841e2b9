import { Button, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { CollectionShare } from '@/shared/api/types';
import { DateInput } from '@/shared/ui/DateInput';
import { localDate } from '@/shared/ui/format';
import { Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { useShares, useSheet } from './api';
import { SharesCard } from './SharesCard';
import css from './sheet.module.css';
import { SheetCard } from './SheetCard';
import { TransfersCard } from './TransfersCard';
import { TreasuryCard } from './TreasuryCard';
import { daysFrom, daysOf, spans, type Days } from './words';

/** Whose sheet is looked at, and of which days: this month's where no days are named. */
export interface SheetSearch {
  authority?: string;
  from?: string;
  to?: string;
}

interface Choosing {
  search: SheetSearch;
  onSearch: (search: SheetSearch) => void;
}

/** What was collected day by day, how much of it without cash, and what went on to the State Treasury. */
export function SheetsScreen({ search, onSearch }: Choosing) {
  const { t } = useTranslation('sheet');
  const today = localDate(new Date());
  // Who is within reach does not hang on the days; these are days of which it is never refused.
  const reach = useShares(daysOf('today', today));
  const authority = reach.data?.find((a) => a.authority_id === search.authority) ?? reach.data?.[0];
  return (
    <Page title={t('title')} lead={t('lead')}>
      {reach.isPending && <Loading rows={8} />}
      {reach.isError && <ProblemNotice error={reach.error} onRetry={() => void reach.refetch()} />}
      {reach.data && !authority && <Empty icon="sheet" title={t('none')} />}
      {reach.data && authority && (
        <Found
          authorities={reach.data}
          authority={authority.authority_id}
          today={today}
          search={search}
          onSearch={onSearch}
        />
      )}
    </Page>
  );
}

function Found(props: Choosing & { authorities: CollectionShare[]; authority: string; today: string }) {
  const { authority, search, today } = props;
  const days = daysFrom(search, today);
  const sheet = useSheet(authority, days);
  const faults = errorsByField(sheet.isError ? asProblem(sheet.error) : null);
  // Said beside the days themselves.
  const refused = Boolean(faults.from ?? faults.to);
  return (
    <>
      <ChoiceCard {...props} days={days} faults={faults} />
      {!refused && (
        <>
          <SheetCard authority={authority} days={days} sheet={sheet} />
          <SharesCard days={days} />
        </>
      )}
      {/* What was left open of one authority is not gone on with for another. */}
      <TreasuryCard key={`months-${authority}`} authority={authority} today={today} />
      <TransfersCard key={`transfers-${authority}`} authority={authority} />
    </>
  );
}

function ChoiceCard(
  props: Choosing & {
    authorities: CollectionShare[];
    authority: string;
    today: string;
    days: Days;
    faults: Record<string, string>;
  },
) {
  const { t } = useTranslation('sheet');
  const { authorities, authority, today, days, faults, onSearch } = props;
  const choose = (part: SheetSearch) => onSearch({ authority, ...days, ...part });
  const day = (name: keyof Days) => (
    <DateInput
      name={name}
      label={t(`choose.${name}`)}
      value={days[name]}
      error={faults[name]}
      onChange={(iso) => iso && choose({ [name]: iso })}
    />
  );
  return (
    <Card id="choose" title={t('choose.title')}>
      <div className={css.choose}>
        <NativeSelect
          name="authority_id"
          label={t('choose.authority')}
          className={css.authority}
          value={authority}
          data={authorities.map((a) => ({ value: a.authority_id, label: a.authority_name }))}
          onChange={(e) => choose({ authority: e.currentTarget.value })}
        />
        <div role="group" aria-label={t('choose.span')} className={css.buttons}>
          {spans.map((span) => {
            const its = daysOf(span, today);
            const chosen = its.from === days.from && its.to === days.to;
            return (
              <Button
                key={span}
                variant={chosen ? 'filled' : 'default'}
                aria-pressed={chosen}
                onClick={() => choose(its)}
              >
                {t(`choose.${span}`)}
              </Button>
            );
          })}
        </div>
        <div className={css.days}>
          {day('from')}
          {day('to')}
        </div>
      </div>
    </Card>
  );
}
