import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import css from '@/features/draft/draft.module.css';
import type { QuestionnaireView } from '@/shared/api/types';
import { formatDateTime } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts, Page } from '@/shared/ui/Page';
import { useEndDraft } from './api';
import { ConfirmDialog } from './ConfirmDialog';
import { PreviewCard } from './PreviewCard';
import { QuestionList } from './QuestionList';
import { StateChip } from './StateChip';

/** What was published: read, tried, followed by another number, retired; never edited. */
export function PublishedScreen({ view }: { view: QuestionnaireView }) {
  const { t, i18n } = useTranslation('survey');
  const [asked, setAsked] = useState(false);
  const retire = useEndDraft(view.id, 'retirements');
  const language = i18n.language === 'en' ? 'en' : 'vi';
  return (
    <Page
      title={view.questionnaire.title[language]}
      lead={t('builder.lead', { code: view.code, number: view.number })}
    >
      <div className={css.editor}>
        <div className={css.side}>
          <Card id="state" title={t('builder.state')}>
            <div className={css.stack}>
              <StateChip state={view.state} />
              <Facts
                items={[
                  [t('list.published'), view.published_at && formatDateTime(view.published_at)],
                  [t('read.retired'), view.retired_at && formatDateTime(view.retired_at)],
                  [t('field.source'), view.questionnaire.source],
                ]}
              />
              <p className="small soft">{t('read.fixed')}</p>
              {retire.isError && <ProblemNotice error={retire.error} />}
              {retire.isSuccess && <Notice tone="good" live title={t('read.done')} />}
            </div>
            <div className={css.actions}>
              <Button
                fullWidth
                leftSection={<Icon name="edit" size={16} />}
                renderRoot={(props) => (
                  <Link {...props} to="/surveys/questionnaires/new" search={{ from: view.id }} />
                )}
              >
                {t('read.next')}
              </Button>
              {view.state === 'published' && (
                <Button fullWidth variant="default" onClick={() => setAsked(true)}>
                  {t('retire.open')}
                </Button>
              )}
            </div>
            <Link to="/surveys/questionnaires">{t('list.back')}</Link>
          </Card>
          <PreviewCard questionnaire={view.questionnaire} />
        </div>
        <div className={css.sections}>
          <QuestionList questionnaire={view.questionnaire} />
        </div>
      </div>
      {asked && (
        <ConfirmDialog
          texts="retire"
          code={view.code}
          red
          pending={retire.isPending}
          onClose={() => setAsked(false)}
          onSend={() => retire.mutate(view.version, { onSettled: () => setAsked(false) })}
        />
      )}
    </Page>
  );
}
