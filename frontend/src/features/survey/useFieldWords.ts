import { useTranslation } from 'react-i18next';
import { useWord } from '@/shared/i18n/useWord';
import type { QuestionnaireForm } from './form';

/** What a field is called, with the row it stands in. */
export function useFieldWords(form: QuestionnaireForm): (field: string) => string {
  const { t } = useTranslation('survey');
  const word = useWord();
  return (field) => {
    const parts = field.split('/');
    const said: string[] = [];
    const [list, at] = parts;
    if ((list === 'questions' || list === 'factors') && at && at !== 'new') {
      const row = form[list][Number(at)];
      const number = String(Number(at) + 1);
      said.push(row?.text.vi || t(`${list}.one`, { number }));
      if (parts[2] === 'options' && parts[3] && parts[3] !== 'new')
        said.push(t('options.one', { number: String(Number(parts[3]) + 1) }));
    }
    const last = parts.findLast((each) => !/^\d+$/.test(each)) ?? field;
    const second = parts.at(-1) === 'new' ? (parts.at(-2) ?? last) : last;
    said.push(word('survey:field', second));
    return said.join(' · ');
  };
}
