import { Button, Checkbox, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { procedureQuery } from '@/features/catalogue/api';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { Dossier, FeeLine } from '@/shared/api/types';
import { AmountInput } from '@/shared/ui/AmountInput';
import { Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { useAssess, usePreview } from './api';
import { AssessedLines, Totals } from './AssessedLines';
import css from './fee.module.css';
import {
  emptyForm,
  groundsOf,
  linesFor,
  toCase,
  unknownOf,
  wantsOf,
  type FeeForm,
  type Ground,
} from './form';

interface Props {
  dossier: Dossier;
  /** The day whose law holds. */
  on: string;
  onDone: () => void;
}

/** Works the fees of a dossier out, shows how, and keeps them only then: nobody corrects an amount of their own. */
export function AssessmentForm({ dossier, on, onDone }: Props) {
  const procedure = useQuery(procedureQuery(dossier.procedure.code));
  if (procedure.isError)
    return <ProblemNotice error={procedure.error} onRetry={() => void procedure.refetch()} />;
  if (!procedure.data) return <Loading />;
  const lines = linesFor(procedure.data.fees, dossier.channel, on);
  return <Form dossier={dossier} on={on} lines={lines} onDone={onDone} />;
}

function Form({ dossier, on, lines, onDone }: Props & { lines: FeeLine[] }) {
  const { t } = useTranslation('fee');
  const [form, setForm] = useState(emptyForm);
  const preview = usePreview(dossier, on);
  const keep = useAssess(dossier);
  const failed = preview.error ?? keep.error;
  const errors = inside(errorsByField(failed ? asProblem(failed) : null));
  const edit = (change: Partial<FeeForm>) => {
    preview.reset();
    keep.reset();
    setForm((now) => ({ ...now, ...change }));
  };
  const wanted = toCase(form, lines);
  const shown = preview.data;
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        if (shown?.complete) keep.mutate(wanted, { onSuccess: onDone });
        else preview.mutate(wanted);
      }}
    >
      <Sizes form={form} lines={lines} errors={errors} edit={edit} />
      <Optional form={form} lines={lines} edit={edit} />
      <Stated form={form} lines={lines} wanted={wanted} errors={errors} edit={edit} />
      <Claims form={form} grounds={groundsOf(lines, dossier.channel, on)} errors={errors} edit={edit} />
      {failed && <ProblemNotice error={failed} />}
      {shown && (
        <div aria-live="polite" className={css.body}>
          <AssessedLines lines={shown.lines} />
          <Totals assessment={shown} />
          {!shown.complete && <Notice tone="soon">{t('incomplete')}</Notice>}
          {shown.complete && <Notice tone="soon">{t('keepHint')}</Notice>}
        </div>
      )}
      <div className={css.buttons}>
        <Button type="submit" loading={preview.isPending || keep.isPending}>
          {shown?.complete ? t('keep') : t('preview')}
        </Button>
        <Button type="button" variant="default" onClick={onDone}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}

/** A complaint about the case reads the same whether it was tried or kept. */
function inside(errors: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(errors).map(([at, text]) => [at.replace(/^case\//, ''), text]));
}

interface PartProps {
  form: FeeForm;
  lines: FeeLine[];
  errors: Record<string, string>;
  edit: (change: Partial<FeeForm>) => void;
}

function Sizes({ form, lines, errors, edit }: PartProps) {
  const { t } = useTranslation('fee');
  const wants = wantsOf(lines);
  const counts = (['pages', 'copies', 'events'] as const).filter((name) => wants[name]);
  if (counts.length === 0 && !wants.value) return null;
  return (
    <div className={css.sizes}>
      {counts.map((name) => (
        <TextInput
          key={name}
          required
          label={t(`size.${name}`)}
          name={name}
          inputMode="numeric"
          autoComplete="off"
          maxLength={6}
          value={form[name]}
          error={errors[name]}
          onFocus={(e) => e.currentTarget.select()}
          onChange={(e) => edit({ [name]: e.currentTarget.value })}
        />
      ))}
      {wants.value && (
        <AmountInput
          required
          label={t('size.value')}
          value={form.value}
          error={errors.value_vnd}
          onChange={(value) => edit({ value })}
        />
      )}
    </div>
  );
}

function Optional({ form, lines, edit }: Omit<PartProps, 'errors'>) {
  const { t } = useTranslation('fee');
  const optional = lines.filter((l) => l.condition);
  if (optional.length === 0) return null;
  return (
    <Checkbox.Group label={t('chosen')} value={form.chosen} onChange={(chosen) => edit({ chosen })}>
      {optional.map((l) => (
        <Checkbox key={l.id} value={l.id} label={`${l.name}: ${l.condition ?? ''}`} mt="xs" />
      ))}
    </Checkbox.Group>
  );
}

function Stated({ form, lines, wanted, errors, edit }: PartProps & { wanted: ReturnType<typeof toCase> }) {
  const { t } = useTranslation('fee');
  const unknown = unknownOf(lines.filter((l) => !l.condition || form.chosen.includes(l.id)));
  return unknown.map((l) => {
    const at = (wanted.stated ?? []).findIndex((s) => s.line_id === l.id);
    const of = form.stated[l.id] ?? { amount: null, source: '' };
    const set = (change: Partial<typeof of>) =>
      edit({ stated: { ...form.stated, [l.id]: { ...of, ...change } } });
    return (
      <fieldset key={l.id} className={css.form}>
        <legend>{t('stated.title', { name: l.name })}</legend>
        <p className="small soft">{l.text}</p>
        <AmountInput
          required
          label={t('stated.amount')}
          value={of.amount}
          error={errors[`stated/${at}/amount_vnd`]}
          onChange={(amount) => set({ amount })}
        />
        <TextInput
          required
          label={t('stated.source')}
          description={t('stated.sourceHint')}
          maxLength={500}
          autoComplete="off"
          value={of.source}
          error={errors[`stated/${at}/source`]}
          onChange={(e) => set({ source: e.currentTarget.value })}
        />
      </fieldset>
    );
  });
}

function Claims({ form, grounds, errors, edit }: Omit<PartProps, 'lines'> & { grounds: Ground[] }) {
  const { t } = useTranslation('fee');
  if (grounds.length === 0) return null;
  const claimed = Object.keys(form.claims);
  const without = (id: string) =>
    Object.fromEntries(Object.entries(form.claims).filter(([other]) => other !== id));
  return (
    <fieldset className={css.form}>
      <legend>{t('claims.title')}</legend>
      {grounds.map((g) => {
        const at = claimed.indexOf(g.id);
        return (
          <div key={g.id} className={css.form}>
            <Checkbox
              label={g.text}
              checked={at >= 0}
              error={errors[`claims/${at}/exemption_id`]}
              onChange={(e) =>
                edit({ claims: e.currentTarget.checked ? { ...form.claims, [g.id]: '' } : without(g.id) })
              }
            />
            {at >= 0 && (
              <TextInput
                required
                label={t('claims.evidence')}
                description={g.evidence || undefined}
                maxLength={500}
                autoComplete="off"
                value={form.claims[g.id] ?? ''}
                error={errors[`claims/${at}/evidence`]}
                onChange={(e) => edit({ claims: { ...form.claims, [g.id]: e.currentTarget.value } })}
              />
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
