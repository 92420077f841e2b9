import { Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { Obstacle } from '@/shared/api/types';
import { formatDateTime } from '@/shared/ui/format';
import { FormEnd } from '@/shared/ui/FormEnd';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Chip, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts, Page } from '@/shared/ui/Page';
import { obstacleQuery, useActOnObstacle } from './api';
import css from './feedback.module.css';
import { StepsCard } from './parts';
import { stateTone } from './words';

/** One obstacle: what is in the way, who was told, how it was solved. */
export function ObstacleScreen({ id }: { id: string }) {
  const { t } = useTranslation('feedback');
  const found = useQuery(obstacleQuery(id));
  const item = found.data?.obstacle;
  return (
    <Page title={t('obstacles.one')} lead={item && t(`obstacles.kinds.${item.kind}`)}>
      <p>
        <Link to="/obstacles">{t('obstacles.back')}</Link>
      </p>
      {found.isPending && <Loading />}
      {found.isError && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
      {item && found.data && (
        <>
          <Card
            id="said"
            title={t('obstacles.text')}
            aside={<Chip tone={stateTone[item.state]}>{t(`obstacles.states.${item.state}`)}</Chip>}
          >
            <div className={css.stack}>
              <p className={css.said}>{item.text}</p>
              <Facts
                items={[
                  [t('obstacles.by'), item.raised_by.full_name],
                  [t('item.receivedAt'), formatDateTime(item.raised_at)],
                  [t('obstacles.procedure'), item.procedure_code],
                  [t('item.forwardedTo'), item.forwarded_to],
                  [t('obstacles.solvedBy'), item.solved_by?.full_name],
                ]}
              />
              {item.solution && (
                <>
                  <h3>{t('obstacles.solution')}</h3>
                  <p className={css.said}>{item.solution}</p>
                </>
              )}
            </div>
          </Card>
          {found.data.may_handle && (
            <Card id="actions" title={t('actions.title')}>
              <div className={css.stack}>
                <OneForm key={`f${found.data.version}`} found={found.data} what="to" />
                <OneForm key={`s${found.data.version}`} found={found.data} what="solution" />
              </div>
            </Card>
          )}
          <StepsCard steps={found.data.steps} />
        </>
      )}
    </Page>
  );
}

function OneForm({ found, what }: { found: Obstacle; what: 'to' | 'solution' }) {
  const { t } = useTranslation('feedback');
  const [text, setText] = useState('');
  const act = useActOnObstacle(found.obstacle.id, found.version);
  const problem = act.isError ? asProblem(act.error) : null;
  const errors = errorsByField(problem);
  const label = t(what === 'to' ? 'obstacles.forward' : 'obstacles.solve');
  const field = {
    required: true,
    label: t(what === 'to' ? 'obstacles.to' : 'obstacles.solution'),
    className: css.wide,
    value: text,
    error: errors[what],
  };
  return (
    <KeyForm
      label={label}
      className={css.form}
      refusal={act.error}
      onSend={() => act.mutate(what === 'to' ? { to: text } : { solution: text })}
    >
      {what === 'to' ? (
        <TextInput {...field} maxLength={300} onChange={(e) => setText(e.currentTarget.value)} />
      ) : (
        <Textarea
          {...field}
          autosize
          minRows={2}
          maxLength={10_000}
          onChange={(e) => setText(e.currentTarget.value)}
        />
      )}
      <FormEnd problem={problem} shown={[what]} busy={act.isPending} quiet={what === 'to'} send={label} />
    </KeyForm>
  );
}
