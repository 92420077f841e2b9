import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import type { Feedback } from '@/shared/api/types';
import { formatDate, formatDateTime } from '@/shared/ui/format';
import { Chip, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts, Page } from '@/shared/ui/Page';
import { ActionsCard } from './ActionsCard';
import { feedbackQuery, useFiler } from './api';
import css from './feedback.module.css';
import { Due, LimitText, StepsCard } from './parts';
import { stateTone } from './words';

/** One suggestion or complaint: what was said, what is due, and what may be done. */
export function FeedbackItemScreen({ id }: { id: string }) {
  const { t } = useTranslation('feedback');
  const me = useQuery(meQuery()).data;
  const found = useQuery(feedbackQuery(id));
  const item = found.data;
  return (
    <Page title={item?.code ?? t('item.title')} lead={item && t(`kinds.${item.kind}`)}>
      <p>
        <Link to="/feedback">{t('item.back')}</Link>
      </p>
      {found.isPending && <Loading />}
      {found.isError && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
      {item && (
        <>
          <SaidCard item={item} />
          {me?.permissions.includes('feedback.personal_data') && <FilerCard id={id} />}
          {item.allowed_actions.length > 0 && <ActionsCard key={item.version} item={item} />}
          {item.answer && (
            <Card id="answer" title={t(item.state === 'declined' ? 'item.declined' : 'item.answer')}>
              <div className={css.stack}>
                <p className={css.said}>{item.answer}</p>
                <Facts
                  items={[
                    [t('item.upheld'), typeof item.upheld === 'boolean' && t(`item.upheldIs.${item.upheld}`)],
                    [t('item.answeredOn'), item.answered_on && formatDate(item.answered_on)],
                    [t('item.answeredBy'), item.answered_by?.full_name],
                    [
                      t('item.satisfaction'),
                      item.satisfaction && t(`satisfaction.${item.satisfaction as 1}`),
                    ],
                  ]}
                />
              </div>
            </Card>
          )}
          {item.published_at && (
            <Card id="published" title={t('item.published')}>
              <div className={css.stack}>
                <p className={css.said}>{item.published_summary}</p>
                <p className={css.said}>{item.published_answer}</p>
                <p className="small soft">
                  {formatDateTime(item.published_at)} ·{' '}
                  <Link to="/gop-y/cong-khai">{t('item.publicPage')}</Link>
                </p>
              </div>
            </Card>
          )}
          <StepsCard steps={item.steps} />
        </>
      )}
    </Page>
  );
}

function SaidCard({ item }: { item: Feedback }) {
  const { t } = useTranslation('feedback');
  return (
    <Card
      id="said"
      title={t('item.said')}
      aside={<Chip tone={stateTone[item.state]}>{t(`states.${item.state}`)}</Chip>}
    >
      <div className={css.stack}>
        {/* A text is a text, whatever is written in it. */}
        {item.text ? <p className={css.said}>{item.text}</p> : <p className="soft">{t('item.hidden')}</p>}
        <Facts
          items={[
            [t('item.due'), <Due key="due" due={item.due_on} overdue={item.overdue} />],
            [t('item.limit'), item.limit && <LimitText limit={item.limit} />],
            [t('item.prolonged'), item.prolonged && t('item.yes')],
            [t('item.subject'), t(`subjects.${item.subject}`)],
            [t('item.channel'), t(`channels.${item.channel}`)],
            [t('item.about'), item.about?.full_name],
            [t('item.dossier'), item.dossier_code],
            [t('item.filer'), `${item.filer_name} · ${item.filer_phone}`],
            [t('item.receivedAt'), formatDateTime(item.received_at)],
            [t('item.receivedBy'), item.received_by?.full_name ?? t('steps.public')],
            [
              t(item.kind === 'suggestion' ? 'item.forwardBy' : 'item.acceptBy'),
              formatDate(item.first_due_on),
            ],
            [t('item.firstDone'), item.first_done_on && formatDate(item.first_done_on)],
            [t('item.forwardedTo'), item.forwarded_to],
            [t('item.authority'), item.authority_name],
            [t('item.remote'), item.remote && t('item.yes')],
            [t('item.answerBy'), item.answer_due_on && formatDate(item.answer_due_on)],
          ]}
        />
      </div>
    </Card>
  );
}

/** Who filed it, masked until it is asked for; the asking is recorded. */
function FilerCard({ id }: { id: string }) {
  const { t } = useTranslation('feedback');
  const filer = useFiler(id);
  return (
    <Card id="filer" title={t('filer.title')}>
      <div className={css.stack}>
        <p className="soft">{t('filer.recorded')}</p>
        {filer.isError && <ProblemNotice error={filer.error} />}
        <div aria-live="polite">
          {filer.data && (
            <Facts
              items={[
                [t('filer.name'), filer.data.full_name],
                [t('filer.address'), filer.data.address],
                [t('filer.phone'), filer.data.phone],
              ]}
            />
          )}
        </div>
        {!filer.data && (
          <div>
            <Button variant="default" loading={filer.isPending} onClick={() => filer.mutate()}>
              {t('filer.show')}
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}
