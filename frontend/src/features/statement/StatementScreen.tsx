import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { BankStatementDetails } from '@/shared/api/types';
import { formatDateTime, formatVnd, groupVnd } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts, Page } from '@/shared/ui/Page';
import { AccountName } from './AccountName';
import { useMissing, useStatement } from './api';
import { Counts } from './Counts';
import { LinesCard } from './LinesCard';
import { MissingCard } from './MissingCard';
import { Progress } from './Progress';
import css from './statement.module.css';
import type { StatementSearch } from './StatementsScreen';
import { formatPeriod, type Shown } from './words';

interface Paging {
  id: string;
  show?: Shown;
  cursor?: string;
  onSearch: (search: StatementSearch) => void;
}

/** One statement: what came of its lines, and what it lacks. */
export function StatementScreen(props: Paging) {
  const { t } = useTranslation('statement');
  const statement = useStatement(props.id);
  return (
    <Page
      title={t('one.title')}
      lead={t('one.lead')}
      aside={
        <Link to="/statements" search={{}} className={css.back}>
          <Icon name="left" size={16} />
          {t('one.all')}
        </Link>
      }
    >
      {statement.isPending && <Loading rows={8} />}
      {statement.isError && (
        <ProblemNotice error={statement.error} onRetry={() => void statement.refetch()} />
      )}
      {/* Nothing of another statement stays under this one's name while its own is fetched. */}
      {statement.data && <Found key={props.id} {...props} statement={statement.data} />}
    </Page>
  );
}

function Found({ id, show, cursor, onSearch, statement }: Paging & { statement: BankStatementDetails }) {
  const { t } = useTranslation('statement');
  const done = statement.state === 'done';
  // Its first page says on the button whether there is any.
  const missing = useMissing(id, done);
  const onGo = (next: string) => onSearch({ statement: id, show, cursor: next });
  return (
    <>
      <Card id="statement" title={<span lang="vi">{statement.file_name}</span>}>
        <div className={css.facts}>
          <Facts
            items={[
              [t('list.account'), <AccountName key="a" id={statement.account_id} />],
              [t('list.period'), formatPeriod(statement.first_at, statement.last_at)],
              [t('list.came'), formatVnd(statement.came_vnd)],
              [t('list.went'), formatVnd(statement.went_vnd)],
            ]}
          />
          <Facts
            items={[
              [t('list.lines'), groupVnd(statement.lines_total)],
              [t('import.format'), t(`format.${statement.format}`)],
              [t('list.by'), statement.imported_by.full_name],
              [t('one.at'), formatDateTime(statement.imported_at)],
              [t('list.state'), <Progress key="s" statement={statement} />],
            ]}
          />
        </div>
        {/* Told once, when it turns: the figures that run would drown everything else. */}
        <p role="status" className="sr-only">
          {t(`state.${statement.state}`)}
        </p>
      </Card>
      <Counts
        statement={statement}
        missing={missing.data}
        show={show}
        onShow={(next) => onSearch({ statement: id, show: next })}
      />
      {show === 'missing' ? (
        <MissingCard id={id} done={done} cursor={cursor} onGo={onGo} />
      ) : (
        // Nor do lines of another class stay under this one's.
        <LinesCard key={show ?? 'all'} id={id} done={done} show={show} cursor={cursor} onGo={onGo} />
      )}
    </>
  );
}
