import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Card } from '@/shared/ui/Page';
import type { Bilingual } from './figures';
import css from './result.module.css';
import { useFigures } from './useFigures';

/** A questionnaire that may be looked at. */
export interface Offered {
  id: string;
  number: number;
  title: Bilingual;
}

/** Which quarter, which questionnaire, and at which centre where there are several. */
export function Chooser(props: {
  quarters: string[];
  quarter: string;
  offered: Offered[];
  questionnaire: string;
  centres?: { id: string; name: string }[];
  centre?: string;
  onQuarter: (quarter: string) => void;
  onQuestionnaire: (id: string) => void;
  onCentre?: (id: string) => void;
}) {
  const { t } = useTranslation('surveyresult');
  const { quarter, said } = useFigures();
  const { centres, onCentre } = props;
  return (
    <Card id="choose" title={t('choose.title')}>
      <div className={css.choose}>
        {centres && centres.length > 1 && (
          <NativeSelect
            name="centre"
            className={css.questionnaire}
            label={t('choose.centre')}
            value={props.centre}
            data={centres.map((c) => ({ value: c.id, label: c.name }))}
            onChange={(e) => onCentre?.(e.currentTarget.value)}
          />
        )}
        <NativeSelect
          name="quarter"
          className={css.quarter}
          label={t('choose.quarter')}
          value={props.quarter}
          data={props.quarters.map((q) => ({ value: q, label: quarter(q) }))}
          onChange={(e) => props.onQuarter(e.currentTarget.value)}
        />
        {props.offered.length > 0 && (
          <NativeSelect
            name="questionnaire"
            className={css.questionnaire}
            label={t('choose.questionnaire')}
            value={props.questionnaire}
            data={props.offered.map((q) => ({
              value: q.id,
              label: t('choose.numbered', { title: said(q.title), number: q.number }),
            }))}
            onChange={(e) => props.onQuestionnaire(e.currentTarget.value)}
          />
        )}
      </div>
    </Card>
  );
}
