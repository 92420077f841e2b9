import { useTranslation } from 'react-i18next';
import type { FeeLine } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { formatDate } from '@/shared/ui/format';

type Exemption = FeeLine['exemptions'][number];
type Holds = Pick<FeeLine | Exemption, 'channel' | 'valid_from' | 'valid_to'>;

/** What a fee line or an exemption says beside its text; what goes without saying is empty. */
export function useFeeWords() {
  const { t } = useTranslation('catalogue');
  const word = useWord();
  const span = ({ valid_from, valid_to }: Holds) => {
    const from = valid_from ? formatDate(valid_from) : '';
    const to = valid_to ? formatDate(valid_to) : '';
    if (from && to) return t('feeSpan.whole', { from, to });
    return from ? t('feeSpan.from', { from }) : to && t('feeSpan.to', { to });
  };
  return {
    /** By when it is to be paid: most are when the result is collected, which needs no telling. */
    due: (fee: FeeLine) => (fee.due === 'at_collection' ? '' : word('catalogue:feeDue', fee.due)),
    /** For which way of filing, and in which days: "nộp trực tuyến · đến hết ngày 28/02/2027". */
    holds: (of: Holds) =>
      [of.channel && of.channel !== 'any' ? word('catalogue:feeChannel', of.channel) : '', span(of)]
        .filter(Boolean)
        .join(' · '),
    /** What shows that somebody has the ground. */
    evidence: (exemption: Exemption) =>
      exemption.evidence ? t('evidence', { evidence: exemption.evidence }) : '',
  };
}
