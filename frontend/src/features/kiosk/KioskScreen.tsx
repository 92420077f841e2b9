import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/shared/api/problem';
import { setLanguage } from '@/shared/i18n';
import { Icon, type IconName } from '@/shared/ui/Icon';
import { LanguageSwitch } from '@/shared/ui/LanguageSwitch';
import { shownQuery } from './api';
import { Asking } from './Asking';
import css from './kiosk.module.css';
import { Told, type RoundEnd } from './Told';
import { useSecret } from './useSecret';

/** So long the last words of a round stand there before the next person. */
const LAST_WORDS_MS = 6_000;

const endIcon: Record<RoundEnd, IconName> = { thanks: 'check', lost: 'offline', over: 'info', full: 'clock' };

/** A device that asks: in the hall whoever stands before it, on a counter whom an officer calls. */
export function KioskScreen() {
  const { t, i18n } = useTranslation(['kiosk', 'common']);
  const secret = useSecret();
  useEffect(() => {
    document.title = t('common:documentTitle', { page: t('title') });
  }, [t, i18n.language]);
  if (secret === null)
    return (
      <Frame>
        <Told icon="info" title={t('unknown.title')}>
          <p>{t('unknown.noAddress')}</p>
        </Told>
      </Frame>
    );
  return <Device key={secret} secret={secret} />;
}

function Device({ secret }: { secret: string }) {
  const { t } = useTranslation('kiosk');
  const shown = useQuery(shownQuery(secret));
  const [round, setRound] = useState(0);
  const [end, setEnd] = useState<RoundEnd | null>(null);

  // The next person begins anew: another form, in the first language, with what is asked now.
  const { refetch } = shown;
  const begin = useCallback(() => {
    setEnd(null);
    setRound((n) => n + 1);
    void setLanguage('vi');
    void refetch();
  }, [refetch]);
  useEffect(() => {
    if (!end) return;
    const timer = setTimeout(begin, LAST_WORDS_MS);
    return () => clearTimeout(timer);
  }, [end, begin]);

  const problem = shown.isError ? asProblem(shown.error) : null;
  const offline = problem !== null && problem.status !== 404;
  const { data } = shown;
  if (problem?.status === 404)
    return (
      <Frame>
        <Told icon="info" title={t('unknown.title')}>
          <p>{t('unknown.text')}</p>
        </Told>
      </Frame>
    );
  if (!data)
    return (
      <Frame>
        {offline ? (
          <Told icon="offline" title={t('offline.title')}>
            <p>{t('offline.text')}</p>
          </Told>
        ) : (
          <p role="status" className={css.told}>
            {t('starting')}
          </p>
        )}
      </Frame>
    );
  return (
    <Frame centre={data.centre_name} device={data.device_name} offline={offline}>
      {end ? (
        <Told icon={endIcon[end]} title={t(`end.${end}.title`)} good={end === 'thanks'} focus>
          <p>{t(`end.${end}.text`)}</p>
        </Told>
      ) : data.questionnaire ? (
        <Asking
          key={round}
          secret={secret}
          asks={data.questionnaire}
          onEnd={(how) => setEnd(how)}
          onAway={begin}
        />
      ) : (
        <Waiting kiosk={data.kind === 'kiosk'} />
      )}
    </Frame>
  );
}

/** Nobody is asked. Whoever was before is gone, and so is their language. */
function Waiting({ kiosk }: { kiosk: boolean }) {
  const { t } = useTranslation('kiosk');
  useEffect(() => {
    void setLanguage('vi');
  }, []);
  return (
    <Told icon="clock" title={t(kiosk ? 'nothing.title' : 'waiting.title')}>
      <p>{t(kiosk ? 'nothing.text' : 'waiting.text')}</p>
    </Told>
  );
}

function Frame(props: { centre?: string; device?: string; offline?: boolean; children: ReactNode }) {
  const { t } = useTranslation('kiosk');
  return (
    <div className={css.screen}>
      <header className={css.head}>
        <div lang="vi">
          {props.centre && <p className={css.centre}>{props.centre}</p>}
          {props.device && <p className={css.device}>{props.device}</p>}
        </div>
        <div className={css.language}>
          <LanguageSwitch />
        </div>
      </header>
      <main className={css.main}>
        <div role="status">
          {props.offline && (
            <p className={css.offline}>
              <Icon name="offline" size={24} />
              {t('offline.line')}
            </p>
          )}
        </div>
        {props.children}
      </main>
    </div>
  );
}
