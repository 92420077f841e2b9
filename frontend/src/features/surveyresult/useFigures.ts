import { useTranslation } from 'react-i18next';
import { formatCount, formatPercent, said, type Bilingual, type Choice, type Step } from './figures';
import { partsOf } from './quarter';

const roman = ['I', 'II', 'III', 'IV'] as const;

/** Figures and words of answers in the language of the screen. */
export function useFigures() {
  const { t, i18n } = useTranslation('surveyresult');
  const { language } = i18n;
  return {
    percent: (value: number) => formatPercent(value, language),
    count: (value: number) => formatCount(value, language),
    said: (text: Bilingual) => said(text, language),
    quarter: (quarter: string) => {
      const { year, number } = partsOf(quarter);
      // In Vietnamese a quarter has a Roman number.
      return t('quarterName', { number: language === 'en' ? number : roman[number - 1], year });
    },
    choice: ({ choice, text }: Choice, kind: string) =>
      text ? said(text, language) : kind === 'likert' ? t(`step.${choice as Step}`) : choice,
  };
}
