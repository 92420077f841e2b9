import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { Me, NewObstacle } from '@/shared/api/types';
import { formatDate } from '@/shared/ui/format';
import { FormEnd } from '@/shared/ui/FormEnd';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Listed } from '@/shared/ui/Listed';
import { Chip, Notice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { obstaclesQuery, useRaise } from './api';
import css from './feedback.module.css';
import { obstacleKinds, obstacleStates, stateTone, type ObstacleState } from './words';

export interface ObstacleSearch {
  state?: ObstacleState;
  cursor?: string;
}

/** What officers report to be in their way, followed to a solution. */
export function ObstaclesScreen(props: {
  me: Me;
  search: ObstacleSearch;
  onGo: (search: ObstacleSearch) => void;
}) {
  const { t } = useTranslation('feedback');
  const { search } = props;
  const list = useQuery(obstaclesQuery(search.state, search.cursor));
  const all = props.me.permissions.includes('obstacles.read_all');
  return (
    <Page title={t('obstacles.title')} lead={t(all ? 'obstacles.leadAll' : 'obstacles.lead')}>
      {props.me.permissions.includes('obstacles.raise') && <RaiseCard />}
      <Card
        id="obstacles"
        title={t('obstacles.list')}
        aside={
          <NativeSelect
            aria-label={t('filter.state')}
            value={search.state ?? ''}
            onChange={(e) =>
              props.onGo({ state: (e.currentTarget.value || undefined) as ObstacleState | undefined })
            }
            data={[
              { value: '', label: t('obstacles.allStates') },
              ...obstacleStates.map((value) => ({ value, label: t(`obstacles.states.${value}`) })),
            ]}
          />
        }
      >
        <Listed
          list={list}
          icon="late"
          none={t('obstacles.none')}
          onGo={(cursor) => props.onGo({ ...search, cursor })}
        >
          {(items) => (
            // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
            <div className={ui.tableWrap} role="group" aria-labelledby="obstacles-title" tabIndex={0}>
              <table className={`${ui.table} ${ui.wide}`}>
                <thead>
                  <tr>
                    <th scope="col">{t('obstacles.what')}</th>
                    <th scope="col">{t('obstacles.by')}</th>
                    <th scope="col">{t('list.state')}</th>
                    <th scope="col">{t('obstacles.whereTo')}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((o) => (
                    <tr key={o.id}>
                      <td>
                        <Link to="/obstacles/$id" params={{ id: o.id }} className={css.said}>
                          {o.text.length > 160 ? `${o.text.slice(0, 160)}…` : o.text}
                        </Link>
                        <div className="small soft">
                          {t(`obstacles.kinds.${o.kind}`)}
                          {o.procedure_code && ` · ${o.procedure_code}`}
                        </div>
                      </td>
                      <td>
                        {o.raised_by.full_name}
                        <div className="small soft">{formatDate(o.raised_at)}</div>
                      </td>
                      <td>
                        <Chip tone={stateTone[o.state]}>{t(`obstacles.states.${o.state}`)}</Chip>
                      </td>
                      <td>{o.forwarded_to ?? t('obstacles.nowhere')}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </Listed>
      </Card>
    </Page>
  );
}

function RaiseCard() {
  const { t } = useTranslation('feedback');
  const blank = { kind: 'procedure' as NewObstacle['kind'], procedure: '', text: '' };
  const [form, setForm] = useState(blank);
  const raise = useRaise();
  const problem = raise.isError ? asProblem(raise.error) : null;
  const errors = errorsByField(problem);
  const set = (part: Partial<typeof form>) => {
    setForm((f) => ({ ...f, ...part }));
    if (!raise.isIdle && !raise.isPending) raise.reset();
  };
  return (
    <Card id="raise" title={t('obstacles.raise')}>
      <KeyForm
        label={t('obstacles.raise')}
        className={css.form}
        refusal={raise.error}
        onSend={() =>
          raise.mutate(
            { kind: form.kind, text: form.text, procedure_code: form.procedure.trim() || undefined },
            { onSuccess: () => setForm(blank) },
          )
        }
      >
        <NativeSelect
          label={t('obstacles.kind')}
          value={form.kind}
          onChange={(e) => set({ kind: e.currentTarget.value as NewObstacle['kind'] })}
          data={obstacleKinds.map((value) => ({ value, label: t(`obstacles.kinds.${value}`) }))}
        />
        <TextInput
          label={t('obstacles.procedure')}
          maxLength={40}
          spellCheck={false}
          value={form.procedure}
          error={errors.procedure_code}
          onChange={(e) => set({ procedure: e.currentTarget.value })}
        />
        <Textarea
          required
          className={css.wide}
          label={t('obstacles.text')}
          autosize
          minRows={3}
          maxLength={10_000}
          value={form.text}
          error={errors.text}
          onChange={(e) => set({ text: e.currentTarget.value })}
        />
        {raise.isSuccess && (
          <div className={css.wide}>
            <Notice tone="good" live title={t('obstacles.raised')} />
          </div>
        )}
        <FormEnd
          problem={problem}
          shown={['text', 'procedure_code']}
          busy={raise.isPending}
          send={t('obstacles.send')}
        />
      </KeyForm>
    </Card>
  );
}
