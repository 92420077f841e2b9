import { Button, NativeSelect } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Walk } from '@/features/kiosk/Walk';
import type { Questionnaire } from '@/shared/api/types';
import { currentLanguage, languages, loadLanguage, type Language } from '@/shared/i18n';
import { Disclosure, Notice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import css from './survey.module.css';

/** Where it stands beside what is written it is open from the start. */
const BESIDE = '(min-width: 78rem)';

/** The questionnaire as the citizen will see it, to be tried: by the very hand that kiosks ask with. */
export function PreviewCard({ questionnaire }: { questionnaire: Questionnaire }) {
  const { t } = useTranslation(['survey', 'common']);
  const [open, setOpen] = useState(() => window.matchMedia(BESIDE).matches);
  const [language, setLanguage] = useState<Language>(currentLanguage);
  const [ready, setReady] = useState(language);
  const [tried, setTried] = useState(false);
  useEffect(() => {
    let here = true;
    void loadLanguage(language).then(() => here && setReady(language));
    return () => {
      here = false;
    };
  }, [language]);
  return (
    <div className={css.preview}>
      <Card id="preview" title={t('preview.title')}>
        <Disclosure summary={t('preview.open')} open={open} onToggle={setOpen}>
          <div className={css.stack}>
            <NativeSelect
              label={t('preview.language')}
              value={language}
              onChange={(e) => setLanguage(e.currentTarget.value as Language)}
              data={languages.map((each) => ({ value: each, label: t(`common:language.${each}`) }))}
            />
            {tried ? (
              <Notice
                live
                title={t('preview.over')}
                foot={
                  <Button size="compact-md" variant="default" onClick={() => setTried(false)}>
                    {t('preview.again')}
                  </Button>
                }
              />
            ) : (
              <Walk
                alone={false}
                questionnaire={questionnaire}
                language={ready}
                onSend={() => setTried(true)}
              />
            )}
          </div>
        </Disclosure>
      </Card>
    </div>
  );
}
