import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { MessagePreview, MessageTemplate, NewMessageTemplate } from '@/shared/api/types';
import { formatDateTime } from '@/shared/ui/format';
import { Disclosure, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { templateVersionsQuery } from './api';
import css from './message.module.css';
import { keyOf, nearest } from './templates';

/** The words in which each step is told: chosen, changed, tried, kept as a new version. */
export function TemplateCard({ templates }: { templates: MessageTemplate[] }) {
  const { t } = useTranslation('message');
  const [chosen, setChosen] = useState<Partial<MessageTemplate>>({});
  const template = nearest(templates, chosen);
  if (!template) return null;
  const steps = [...new Set(templates.map((x) => x.told))];
  const channels = [...new Set(templates.filter((x) => x.told === template.told).map((x) => x.channel))];
  const languages = [...new Set(templates.map((x) => x.language))];
  return (
    <Card id="template" title={t('template.title')}>
      <div className={css.stack}>
        <p className="soft">{t('template.lead')}</p>
        <div className={css.row}>
          <NativeSelect
            label={t('template.told')}
            value={template.told}
            onChange={(e) =>
              setChosen({ ...keyOf(template), told: e.currentTarget.value as MessageTemplate['told'] })
            }
            data={steps.map((value) => ({ value, label: t(`told.${value}`) }))}
          />
          <NativeSelect
            label={t('template.channel')}
            value={template.channel}
            onChange={(e) =>
              setChosen({ ...keyOf(template), channel: e.currentTarget.value as MessageTemplate['channel'] })
            }
            data={channels.map((value) => ({ value, label: t(`channel.${value}`) }))}
          />
          <NativeSelect
            label={t('template.language')}
            value={template.language}
            onChange={(e) =>
              setChosen({
                ...keyOf(template),
                language: e.currentTarget.value as MessageTemplate['language'],
              })
            }
            data={languages.map((value) => ({ value, label: t(`language.${value}`) }))}
          />
        </div>
        <Editor key={`${Object.values(keyOf(template)).join(' ')} ${template.number}`} template={template} />
        <Versions key={Object.values(keyOf(template)).join(' ')} template={template} />
      </div>
    </Card>
  );
}

function Editor({ template }: { template: MessageTemplate }) {
  const { t } = useTranslation('message');
  const queries = useQueryClient();
  const intent = useIntent();
  const [subject, setSubject] = useState(template.subject);
  const [body, setBody] = useState(template.body);
  const written = { ...keyOf(template), subject: subject.trim(), body: body.trim() };
  const tryIt = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/message-templates/previews', { body: written })),
    gcTime: 0,
  });
  const enter = useMutation({
    mutationFn: (new_: NewMessageTemplate) =>
      intent.run(new_, (key) =>
        unwrap(
          api.POST('/api/v1/message-templates', {
            params: { header: { 'Idempotency-Key': key } },
            body: new_,
          }),
        ),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['message-templates'] }),
  });
  const failed = enter.error ?? tryIt.error;
  const problem = failed ? asProblem(failed) : null;
  const errors = errorsByField(problem);
  const reset = () => {
    tryIt.reset();
    enter.reset();
  };
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        tryIt.reset();
        enter.mutate({ ...written, base_number: template.number });
      }}
    >
      <p className="small soft">
        {template.entered_by
          ? t('template.version', {
              number: template.number,
              name: template.entered_by.full_name,
              at: formatDateTime(template.entered_at),
            })
          : t('template.firstVersion', { number: template.number })}
      </p>
      {template.channel === 'mail' && (
        <TextInput
          required
          name="subject"
          label={t('template.subject')}
          maxLength={150}
          autoComplete="off"
          value={subject}
          error={errors.subject}
          onChange={(e) => {
            reset();
            setSubject(e.currentTarget.value);
          }}
        />
      )}
      <Textarea
        required
        name="body"
        label={t('template.body')}
        autosize
        minRows={3}
        maxLength={5000}
        value={body}
        error={errors.body}
        onChange={(e) => {
          reset();
          setBody(e.currentTarget.value);
        }}
      />
      <Disclosure summary={t('template.placeholders')}>
        <dl className={css.names}>
          {template.placeholders.map((name) => (
            <div key={name}>
              <dt>
                <code>{`{${name}}`}</code>
              </dt>
              <dd>{t(`placeholder.${name}`)}</dd>
            </div>
          ))}
        </dl>
      </Disclosure>
      {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
      {tryIt.data && <Shown preview={tryIt.data} />}
      <div className={css.row}>
        <Button
          variant="default"
          loading={tryIt.isPending}
          onClick={() => {
            enter.reset();
            tryIt.mutate();
          }}
        >
          {t('template.try')}
        </Button>
        <Button type="submit" loading={enter.isPending}>
          {t('template.enter')}
        </Button>
      </div>
    </form>
  );
}

function Shown({ preview }: { preview: MessagePreview }) {
  const { t } = useTranslation('message');
  return (
    <Notice live title={t('template.shown')}>
      {preview.subject && <p className={css.subject}>{preview.subject}</p>}
      <p className={css.body}>{preview.body}</p>
      {preview.sms && (
        <p className="small soft">
          {t('template.length', {
            characters: preview.sms.characters,
            segments: preview.sms.segments,
            encoding: t(`encoding.${preview.sms.encoding}`),
          })}
        </p>
      )}
    </Notice>
  );
}

/** What it said before: messages name the version they were made from. */
function Versions({ template }: { template: MessageTemplate }) {
  const { t } = useTranslation('message');
  const [open, setOpen] = useState(false);
  const [cursor, setCursor] = useState<string>();
  const versions = useQuery({ ...templateVersionsQuery(keyOf(template), cursor), enabled: open });
  return (
    <Disclosure summary={t('template.versions')} open={open} onToggle={setOpen}>
      {open && versions.isPending && <Loading rows={2} />}
      {versions.isError && <ProblemNotice error={versions.error} onRetry={() => void versions.refetch()} />}
      {versions.data && (
        <ul className={css.messages}>
          {versions.data.items.map((v) => (
            <li key={v.number}>
              <p className="small soft">
                {v.entered_by
                  ? t('template.version', {
                      number: v.number,
                      name: v.entered_by.full_name,
                      at: formatDateTime(v.entered_at),
                    })
                  : t('template.firstVersion', { number: v.number })}
              </p>
              {v.subject && <p className={css.subject}>{v.subject}</p>}
              <p className={css.body}>{v.body}</p>
            </li>
          ))}
        </ul>
      )}
      <Pager next={versions.data?.next} prev={versions.data?.prev} onGo={setCursor} />
    </Disclosure>
  );
}
