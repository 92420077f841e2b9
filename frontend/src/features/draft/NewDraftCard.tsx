import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import { localDate } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { useBeginNew } from './api';
import css from './draft.module.css';
import { TextField } from './inputs';
import { bind, type Part } from './part';
import { FieldChoice } from './sections';
import { newProcedure } from './start';
import { groups } from './words';

interface Begin {
  code: string;
  name: string;
  field_code: string;
  field: string;
}

/** Begins a procedure that the catalogue does not have. */
export function NewDraftCard() {
  const { t } = useTranslation('draft');
  const navigate = useNavigate();
  const begin = useBeginNew();
  const [form, setForm] = useState<Begin>({ code: '', name: '', field_code: 'A', field: groups.A[0] });
  const root = useRef<HTMLFormElement>(null);
  // What is refused is where the hands should be next.
  useEffect(() => {
    if (begin.error) root.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [begin.error]);
  const problem = begin.isError ? asProblem(begin.error) : null;
  const there = problem?.code === 'draft_exists' ? problem.members.draft_id : null;
  const refused = errorsByField(problem);
  // That there is a version already is a complaint about the code: nothing else was asked.
  const errors: Record<string, string> = refused.base_version
    ? { code: t('new.inCatalogue') }
    : Object.fromEntries(
        Object.entries(refused).map(([at, detail]) => [at.replace(/^procedure\//, ''), detail]),
      );
  const part: Part<Begin> = {
    at: '',
    value: form,
    errors,
    change: (_, next) => {
      setForm(next);
      begin.reset();
    },
  };
  const send = () => {
    if (begin.isPending) return;
    const what = { ...form, code: form.code.trim(), name: form.name.trim() };
    begin.mutate(newProcedure(what, localDate(new Date())), {
      onSuccess: (draft) => void navigate({ to: '/catalogue-drafts/$id', params: { id: draft.id } }),
    });
  };
  return (
    <Card id="new-draft" title={t('new.title')}>
      <form
        ref={root}
        className={css.stack}
        aria-label={t('new.title')}
        onSubmit={(e) => {
          e.preventDefault();
          send();
        }}
      >
        <p className="soft">{t('new.lead')}</p>
        {typeof there === 'string' ? (
          <Notice
            tone="soon"
            live
            title={t('new.exists')}
            foot={
              <Link to="/catalogue-drafts/$id" params={{ id: there }}>
                {t('new.open')}
              </Link>
            }
          />
        ) : (
          problem && !errors.code && <ProblemNotice error={problem} shown={Object.keys(refused)} />
        )}
        <div className={css.fields}>
          <TextField
            of={bind(part, 'code')}
            required
            label={t('new.code')}
            description={t('new.codeHint')}
            className={css.third}
          />
          <TextField of={bind(part, 'name')} required label={t('new.name')} className={css.wide} />
          <FieldChoice
            group={form.field_code}
            field={form.field}
            errors={errors}
            onChange={(at, field_code, field) => part.change(at, (f) => ({ ...f, field_code, field }))}
          />
        </div>
        <div>
          <Button type="submit" loading={begin.isPending} leftSection={<Icon name="plus" size={16} />}>
            {t('new.send')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
