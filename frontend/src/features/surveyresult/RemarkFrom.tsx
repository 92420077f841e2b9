import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery } from '@/features/catalogue/api';
import type { SurveyRemark } from '@/shared/api/types';
import { allQuestionnairesQuery } from './api';
import { useFigures } from './useFigures';

/** To which question somebody wrote it, about which ward, and in which quarter; nothing more is known of it. */
export function RemarkFrom({ remark }: { remark: SurveyRemark }) {
  const { t } = useTranslation('surveyresult');
  const { said, quarter } = useFigures();
  const wards = useQuery(authoritiesQuery()).data?.items ?? [];
  const questionnaires = useQuery(allQuestionnairesQuery()).data?.items ?? [];
  const asked = questionnaires
    .find((q) => q.id === remark.questionnaire_id)
    ?.questionnaire.questions.find((q) => q.id === remark.question);
  const ward = wards.find((w) => w.id === remark.authority_id)?.name;
  return (
    <p className="small soft">
      {asked && <>{said(asked.text)} · </>}
      {ward ? <span lang="vi">{ward}</span> : t('groups.whole')} · {quarter(remark.quarter)}
    </p>
  );
}
