import { useTranslation } from 'react-i18next';
import type { ImportOutcome } from '@/shared/api/types';
import { formatDate } from '@/shared/ui/format';
import { Chip } from '@/shared/ui/Notice';
import ui from '@/shared/ui/ui.module.css';
import { changeSteps } from './paths';
import { useStepWords } from './useStepWords';
import css from './upkeep.module.css';

/** What a file brings, procedure by procedure. */
export function ChangesTable({ items }: { items: ImportOutcome['items'] }) {
  const { t } = useTranslation('upkeep');
  const stepWords = useStepWords();
  return (
    <table className={`${ui.table} ${css.stack}`} role="table" aria-label={t('file.import.changes')}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            {t('file.column.code')}
          </th>
          <th role="columnheader" scope="col">
            {t('file.column.name')}
          </th>
          <th role="columnheader" scope="col">
            {t('file.column.from')}
          </th>
          <th role="columnheader" scope="col">
            {t('file.column.effect')}
          </th>
          <th role="columnheader" scope="col">
            {t('file.column.changes')}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {items.map((item) => (
          <tr role="row" key={`${item.code} ${item.version}`}>
            <td role="cell" className="code">
              {item.code}
            </td>
            <td role="cell">{item.name}</td>
            <td role="cell">{formatDate(item.in_force_from)}</td>
            <td role="cell">
              {item.effect === 'new' ? (
                <Chip tone="good" icon="plus">
                  {t('file.effect.new')}
                </Chip>
              ) : (
                <Chip tone="accent">{t('file.effect.changed', { version: item.version })}</Chip>
              )}
            </td>
            <td role="cell">
              <ul className="plain">
                {item.changed.map((path) => (
                  <li key={path}>{stepWords(changeSteps(path))}</li>
                ))}
              </ul>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
