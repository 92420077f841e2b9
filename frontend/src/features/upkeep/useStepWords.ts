import { useTranslation } from 'react-i18next';
import { useWord } from '@/shared/i18n/useWord';
import { GROUPS, type Step } from './paths';

/** "Phí, lệ phí (le_phi) › Số tiền": the way to a member, in the words of the page where it is written. */
export function useStepWords(): (steps: Step[]) => string {
  const { t } = useTranslation('upkeep');
  const word = useWord();
  const wordOf = (member: string) => {
    // A name that is none of ours stays as the file has it.
    for (const group of GROUPS) {
      const found = word(group, member, '');
      if (found) return found;
    }
    return member;
  };
  return (steps) => {
    const words: string[] = [];
    for (const step of steps) {
      if ('member' in step) words.push(wordOf(step.member));
      else {
        const list = words.pop() ?? '';
        words.push(
          'nth' in step ? t('step.nth', { list, nth: step.nth }) : t('step.id', { list, id: step.id }),
        );
      }
    }
    return words.join(' › ');
  };
}
