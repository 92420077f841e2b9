import { useTranslation } from 'react-i18next';
import type { BankStatement } from '@/shared/api/types';
import { groupVnd } from '@/shared/ui/format';
import { Chip } from '@/shared/ui/Notice';
import css from './statement.module.css';

/** How far a statement has been gone through. */
export function Progress({ statement }: { statement: BankStatement }) {
  const { t } = useTranslation('statement');
  if (statement.state === 'done')
    return (
      <Chip tone="good" icon="check">
        {t('state.done')}
      </Chip>
    );
  return (
    <div className={css.progress}>
      <Chip tone="accent" icon="clock">
        {t('state.stored')}
      </Chip>
      <progress
        value={statement.lines_done}
        max={statement.lines_total}
        aria-label={t('progress.of', { file: statement.file_name })}
      />
      <span className="small soft">
        {t('progress.lines', {
          done: groupVnd(statement.lines_done),
          total: groupVnd(statement.lines_total),
        })}
      </span>
    </div>
  );
}
