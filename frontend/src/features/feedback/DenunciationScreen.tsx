import { Radio, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { Denunciation } from '@/shared/api/types';
import { formatDate, formatDateTime } from '@/shared/ui/format';
import { FormEnd } from '@/shared/ui/FormEnd';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Chip, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts, Page } from '@/shared/ui/Page';
import { denunciationQuery, useActOnDenunciation, type DenunciationDoing } from './api';
import css from './feedback.module.css';
import { LimitText, StepsCard } from './parts';
import { stateTone } from './words';

/** One denunciation, whole; that it was opened is recorded. */
export function DenunciationScreen({ id }: { id: string }) {
  const { t } = useTranslation('feedback');
  const found = useQuery(denunciationQuery(id));
  const item = found.data;
  return (
    <Page
      title={
        item ? t('denunciations.numberOf', { number: item.number, year: item.year }) : t('denunciations.one')
      }
      documentTitle={t('denunciations.one')}
      lead={t('denunciations.recorded')}
    >
      <p>
        <Link to="/denunciations">{t('denunciations.back')}</Link>
      </p>
      {found.isPending && <Loading />}
      {found.isError && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
      {item && (
        <>
          <Card
            id="said"
            title={t('denunciations.text')}
            aside={<Chip tone={stateTone[item.state]}>{t(`denunciations.states.${item.state}`)}</Chip>}
          >
            <div className={css.stack}>
              <p className={css.said}>{item.text}</p>
              <Facts
                items={[
                  [t('denunciations.about'), item.about],
                  [t('filer.name'), item.filer_name],
                  [t('filer.address'), item.filer_address],
                  [t('filer.phone'), item.filer_phone],
                  [t('receipt.code'), item.code],
                  [t('item.channel'), t(`channels.${item.channel}`)],
                  [t('item.receivedAt'), formatDateTime(item.received_at)],
                  [t('item.receivedBy'), item.received_by?.full_name ?? t('steps.public')],
                  [t('item.due'), item.due_on && formatDate(item.due_on)],
                  [t('item.limit'), item.limit && <LimitText limit={item.limit} />],
                  [t('item.forwardedTo'), item.passed_on_to],
                ]}
              />
              {item.notice && (
                <>
                  <h3>{t('denunciations.notice')}</h3>
                  <p className={css.said}>{item.notice}</p>
                </>
              )}
            </div>
          </Card>
          {item.next_states.length > 0 && <ActCard key={item.version} item={item} />}
          <StepsCard steps={item.steps} />
        </>
      )}
    </Page>
  );
}

function ActCard({ item }: { item: Denunciation }) {
  const { t } = useTranslation('feedback');
  const [to, setTo] = useState(item.next_states[0]);
  const [text, setText] = useState('');
  const act = useActOnDenunciation(item.id, item.version);
  const problem = act.isError ? asProblem(act.error) : null;
  const errors = errorsByField(problem);
  const doing = (): DenunciationDoing => {
    switch (to) {
      case 'passed_on':
        return { do: 'forward', to: text };
      case 'declined':
        return { do: 'accept', accepted: false, reason: text };
      case 'concluded':
        return { do: 'conclude', notice: text };
      default:
        return { do: 'accept', accepted: true };
    }
  };
  return (
    <Card id="actions" title={t('actions.title')}>
      <KeyForm
        label={t('actions.title')}
        className={css.form}
        refusal={act.error}
        onSend={() => act.mutate(doing())}
      >
        <div className={css.wide}>
          <Radio.Group
            label={t('actions.what')}
            value={to}
            onChange={(value) => {
              setTo(value);
              setText('');
              act.reset();
            }}
          >
            <div className={css.choices}>
              {item.next_states.map((state) => (
                <Radio key={state} value={state} label={t(`denunciations.to.${state}`)} />
              ))}
            </div>
          </Radio.Group>
        </div>
        {to === 'passed_on' && (
          <TextInput
            required
            className={css.wide}
            label={t('actions.to')}
            maxLength={300}
            value={text}
            error={errors.to}
            onChange={(e) => setText(e.currentTarget.value)}
          />
        )}
        {(to === 'declined' || to === 'concluded') && (
          <Textarea
            required
            className={css.wide}
            label={t(to === 'declined' ? 'actions.declineReason' : 'denunciations.notice')}
            autosize
            minRows={3}
            maxLength={10_000}
            value={text}
            error={errors.reason ?? errors.notice}
            onChange={(e) => setText(e.currentTarget.value)}
          />
        )}
        <FormEnd
          problem={problem}
          shown={Object.keys(errors)}
          busy={act.isPending}
          send={t('denunciations.record')}
        />
      </KeyForm>
    </Card>
  );
}
