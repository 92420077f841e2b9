import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import { authoritiesQuery } from '@/features/catalogue/api';
import { usePolling } from '@/shared/api/live';
import { serverNow } from '@/shared/api/session';
import type { Authority } from '@/shared/api/types';
import { DateInput } from '@/shared/ui/DateInput';
import { FileButton } from '@/shared/ui/FileButton';
import { capital, formatDate, localDate } from '@/shared/ui/format';
import { Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { handoverSheetDocument, handoverSheetQuery, type HandoverSearch, type HandoverSheetOf } from './api';
import { handoverDesks, isHandoverDesk } from './desks';
import css from './handover.module.css';
import { HandoverTable } from './HandoverTable';
import { withinReach } from './reach';

interface Choosing {
  search: HandoverSearch;
  onGo: (search: HandoverSearch) => void;
}

/** What one has given to a desk on a day, for both sides to sign. */
export function HandoverSheetScreen({ search, onGo }: Choosing) {
  const { t } = useTranslation('handover');
  const me = useQuery(meQuery()).data;
  const all = useQuery(authoritiesQuery());
  const reach = me && all.data && withinReach(me.roles, all.data.items);
  const authority = reach?.find((a) => a.id === search.authority) ?? reach?.[0];
  const sheet = authority && {
    day: search.day ?? localDate(serverNow()),
    to_desk: search.desk ?? handoverDesks[0],
    authority_id: authority.id,
  };
  return (
    <Page title={t('title')} lead={t('lead')}>
      {all.isPending && <Loading rows={6} />}
      {all.isError && <ProblemNotice error={all.error} onRetry={() => void all.refetch()} />}
      {reach && !sheet && <Empty icon="handover" title={t('none')} />}
      {reach && sheet && (
        <>
          <ChoiceCard authorities={reach} sheet={sheet} search={search} onGo={onGo} />
          {/* What was refused is told of this sheet, not of the next. */}
          <GivenCard key={`${sheet.day} ${sheet.to_desk} ${sheet.authority_id}`} sheet={sheet} />
        </>
      )}
    </Page>
  );
}

function ChoiceCard(props: Choosing & { authorities: Authority[]; sheet: HandoverSheetOf }) {
  const { t } = useTranslation(['handover', 'dossier', 'intake']);
  const { authorities, sheet } = props;
  const choose = (part: HandoverSearch) => props.onGo({ ...props.search, ...part });
  return (
    <Card id="which" title={t('which')}>
      <div className={css.which}>
        <DateInput
          className={css.day}
          name="day"
          label={t('day')}
          value={sheet.day}
          onChange={(day) => day && choose({ day })}
        />
        <NativeSelect
          className={css.desk}
          name="desk"
          label={t('desk')}
          value={sheet.to_desk}
          onChange={(e) => {
            const desk = e.currentTarget.value;
            if (isHandoverDesk(desk)) choose({ desk });
          }}
          data={handoverDesks.map((value) => ({ value, label: capital(t(`dossier:desk.${value}`)) }))}
        />
        <NativeSelect
          className={css.authority}
          name="authority"
          label={t('intake:authority.label')}
          value={sheet.authority_id}
          onChange={(e) => choose({ authority: e.currentTarget.value })}
          data={authorities.map((a) => ({ value: a.id, label: a.name }))}
        />
      </div>
    </Card>
  );
}

function GivenCard({ sheet }: { sheet: HandoverSheetOf }) {
  const { t } = useTranslation(['handover', 'dossier']);
  const refetchInterval = usePolling();
  const given = useQuery({ ...handoverSheetQuery(sheet), refetchInterval });
  const day = formatDate(sheet.day);
  return (
    <Card
      id="given"
      title={t('list', { day })}
      aside={
        given.data &&
        given.data.items.length > 0 && (
          <FileButton
            icon="print"
            otherwise={`ban-giao-ho-so-${sheet.day}-${sheet.to_desk}.pdf`}
            ask={() => handoverSheetDocument(sheet)}
          >
            {t('print')}
          </FileButton>
        )
      }
    >
      {given.isPending && <Loading rows={6} />}
      {given.isError && <ProblemNotice error={given.error} onRetry={() => void given.refetch()} />}
      {given.data?.items.length === 0 && (
        <Empty icon="handover" title={t('empty', { day, desk: t(`dossier:desk.${sheet.to_desk}`) })}>
          <p>{t('emptyDetail', { authority: given.data.authority })}</p>
        </Empty>
      )}
      {given.data && given.data.items.length > 0 && (
        <>
          <p className={`${css.count} soft`}>
            {t('count', { count: given.data.items.length, authority: given.data.authority })}
          </p>
          <HandoverTable items={given.data.items} />
        </>
      )}
    </Card>
  );
}
