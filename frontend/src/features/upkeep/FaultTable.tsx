import { useTranslation } from 'react-i18next';
import type { FieldError } from '@/shared/api/problem';
import { Notice } from '@/shared/ui/Notice';
import ui from '@/shared/ui/ui.module.css';
import type { ChosenFile } from './file';
import { codesIn, placeOf, type Place } from './paths';
import { useStepWords } from './useStepWords';
import css from './upkeep.module.css';

/** Whoever corrects so many runs the file through again anyway. */
const SHOWN = 200;

/** What is wrong with a file, by line and column or by procedure and member. */
export function FaultTable(props: { file: ChosenFile; errors: FieldError[]; of: 'import' | 'audit' }) {
  const { t } = useTranslation('upkeep');
  const stepWords = useStepWords();
  const isSheet = props.file.format === 'csv';
  const codes = isSheet ? [] : codesIn(props.file.content);
  const count = props.errors.length;
  const row = (place: Place) => {
    if (place.row === null) return t('fault.wholeFile');
    if (isSheet) return t('fault.lineNo', { row: place.row });
    const code = codes[place.row - 1];
    return code ? t('fault.itemCode', { row: place.row, code }) : t('fault.itemNo', { row: place.row });
  };
  const member = (place: Place) => {
    const words = stepWords(place.steps);
    if (place.column) return t('fault.named', { words, column: place.column });
    if (words || place.row === null) return words;
    return t(isSheet ? 'fault.wholeRow' : 'fault.wholeItem');
  };
  return (
    <div className={css.found}>
      <Notice
        tone="late"
        live
        title={props.of === 'import' ? t('fault.import', { count }) : t('fault.audit', { count })}
      />
      <table className={`${ui.table} ${css.stack}`} role="table" aria-label={t('fault.list')}>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              {t(isSheet ? 'fault.line' : 'fault.item')}
            </th>
            <th role="columnheader" scope="col">
              {t(isSheet ? 'fault.column' : 'fault.member')}
            </th>
            <th role="columnheader" scope="col">
              {t('fault.what')}
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {props.errors.slice(0, SHOWN).map((error, i) => {
            const place = placeOf(error.pointer, props.file.format);
            return (
              <tr role="row" key={`${i} ${error.pointer}`}>
                <td role="cell">{row(place)}</td>
                <td role="cell" className={css.member}>
                  {member(place)}
                </td>
                <td role="cell">{error.detail || error.code}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {count > SHOWN && <p>{t('fault.more', { count: count - SHOWN })}</p>}
    </div>
  );
}
