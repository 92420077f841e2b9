import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import kiosk from '@/features/kiosk/kiosk.module.css';
import { Told } from '@/features/kiosk/Told';
import { asProblem } from '@/shared/api/problem';
import type { IconName } from '@/shared/ui/Icon';
import { LanguageSwitch } from '@/shared/ui/LanguageSwitch';
import { ProblemNotice } from '@/shared/ui/Notice';
import { declarationQuery, formQuery } from './api';
import { useBoth } from './parts';
import { ReadBack } from './ReadBack';
import css from './readback.module.css';

/** How a read-back ended, or why there is none. */
export type ReadBackEnd = 'screen' | 'paper' | 'away' | 'draft' | 'signed';

const endIcon: Record<ReadBackEnd, IconName> = {
  screen: 'check',
  paper: 'print',
  away: 'clock',
  draft: 'edit',
  signed: 'check',
};

/** The screen that is turned to the citizen: what was written for them, to be heard, corrected and signed. */
export function ReadBackScreen({ id }: { id: string }) {
  const { t, i18n } = useTranslation(['declaration', 'common']);
  const [end, setEnd] = useState<ReadBackEnd | null>(null);
  useEffect(() => {
    document.title = t('common:documentTitle', { page: t('back.title') });
  }, [t, i18n.language]);
  return (
    <div className={kiosk.screen}>
      <div className={kiosk.head}>
        <p className={kiosk.centre}>{t('back.title')}</p>
        <div className={kiosk.language}>
          <LanguageSwitch />
        </div>
      </div>
      <div className={css.body}>
        {end ? <Ended how={end} /> : <Fetched id={id} onEnd={setEnd} />}
        <p className={css.officer}>
          <Link to="/declarations/$id" params={{ id }}>
            {t('back.officer')}
          </Link>
        </p>
      </div>
    </div>
  );
}

/** A few words; nothing of the person. */
function Ended({ how }: { how: ReadBackEnd }) {
  const { t } = useTranslation('declaration');
  return (
    <Told icon={endIcon[how]} title={t(`end.${how}.title`)} good={endIcon[how] === 'check'} focus>
      <p>{t(`end.${how}.text`)}</p>
    </Told>
  );
}

/** Holds what was written only as long as it is shown. */
function Fetched({ id, onEnd }: { id: string; onEnd: (how: ReadBackEnd) => void }) {
  const { t } = useTranslation('declaration');
  const language = useBoth();
  const found = useQuery(declarationQuery(id));
  const code = found.data?.form_code;
  const form = useQuery({ ...formQuery(code ?? ''), enabled: code !== undefined });
  const { refetch } = found;
  const again = useCallback(async () => void (await refetch()), [refetch]);
  const told = (words: ReactNode) => (
    <div role="status" className={kiosk.told}>
      {words}
    </div>
  );
  if (found.data && found.data.state !== 'read_back') return <Ended how={found.data.state} />;
  if (found.data && form.data)
    return (
      <ReadBack
        declaration={found.data}
        form={form.data.form}
        language={language}
        onStale={again}
        onEnd={onEnd}
      />
    );
  const error = found.error ?? form.error;
  if (error) return <ProblemNotice error={asProblem(error)} onRetry={() => void again()} />;
  return told(t('back.opening'));
}
