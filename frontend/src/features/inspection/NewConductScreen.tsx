import { Button, Checkbox, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery } from '@/features/catalogue/api';
import { PersonField } from '@/features/roster/fields';
import type { Evidence, NewConductRecord } from '@/shared/api/types';
import { DateInput } from '@/shared/ui/DateInput';
import { FormEnd } from '@/shared/ui/FormEnd';
import { helpBelow } from '@/shared/ui/helpBelow';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Card, Page } from '@/shared/ui/Page';
import { useTypedForm } from '@/shared/ui/useTypedForm';
import { useKeepConduct } from './api';
import { EvidencePicker } from './EvidencePicker';
import css from './inspection.module.css';
import { conductKinds } from './words';

const blank = {
  kind: 'commendation' as NewConductRecord['kind'],
  about: 'officer' as 'officer' | 'authority',
  officer: '',
  authority: '',
  form: '',
  number: '',
  on: '',
  decidedBy: '',
  reason: '',
  public: false,
};

/** Enters a commendation or a discipline record by decision, with what it rests on. */
export function NewConductScreen({ onDone }: { onDone: (id: string) => void }) {
  const { t } = useTranslation(['inspection', 'common']);
  const keep = useKeepConduct();
  const { form, set, changed, tried, ready, handle, problem, errors } = useTypedForm(blank, keep);
  const [evidence, setEvidence] = useState<Evidence[]>([]);
  const authorities = useQuery(authoritiesQuery()).data?.items ?? [];
  const unproven = tried && evidence.length === 0;
  const send = () => {
    if (!ready(form.on !== '' && evidence.length > 0)) return;
    keep.mutate(
      {
        kind: form.kind,
        officer_id: form.about === 'officer' ? form.officer || undefined : undefined,
        authority_id: form.about === 'authority' ? form.authority || undefined : undefined,
        form: form.form.trim(),
        decision_number: form.number.trim(),
        decision_on: form.on,
        decided_by: form.decidedBy.trim(),
        reason: form.reason.trim(),
        public: form.public,
        evidence: evidence.map(({ kind, id }) => ({ kind, id })),
      },
      { onSuccess: (made) => onDone(made.id) },
    );
  };
  const line = (key: 'form' | 'number' | 'decidedBy', name: string, most: number, hint?: string) => (
    <TextInput
      required
      name={name}
      label={t(`newConduct.${key}`)}
      description={hint}
      inputWrapperOrder={helpBelow}
      maxLength={most}
      value={form[key]}
      error={errors[name]}
      onChange={(e) => set({ [key]: e.currentTarget.value })}
    />
  );
  // Nobody is named: the server says so of the officer, whichever field stands there.
  const nobody = errors.officer_id ?? errors.authority_id;
  const unknown = Object.entries(errors).filter(([at]) => at.startsWith('evidence'));
  return (
    <Page title={t('newConduct.title')} lead={t('newConduct.lead')}>
      <p>
        <Link to="/conduct-records" search={{}}>
          {t('conduct.back')}
        </Link>
      </p>
      <KeyForm
        ref={handle}
        label={t('newConduct.title')}
        className={css.stack}
        refusal={keep.error}
        onSend={send}
      >
        <Card id="decision" title={t('conduct.decision')}>
          <div className={css.fields}>
            <NativeSelect
              name="kind"
              label={t('newConduct.kind')}
              value={form.kind}
              error={errors.kind}
              data={conductKinds.map((value) => ({ value, label: t(`conductKinds.${value}`) }))}
              onChange={(e) =>
                set({ kind: conductKinds.find((k) => k === e.currentTarget.value) ?? form.kind })
              }
            />
            <fieldset className={css.group}>
              <legend>{t('newConduct.about')}</legend>
              <div className={css.row}>
                {(['officer', 'authority'] as const).map((about) => (
                  <Radio
                    key={about}
                    name="about"
                    label={t(`newConduct.${about}`)}
                    checked={form.about === about}
                    onChange={() => set({ about })}
                  />
                ))}
              </div>
            </fieldset>
            {form.about === 'officer' ? (
              <PersonField
                required
                name="officer_id"
                label={t('newConduct.chooseOfficer')}
                none={t('new.nobody')}
                value={form.officer}
                error={nobody}
                onChange={(officer) => set({ officer })}
              />
            ) : (
              <NativeSelect
                required
                name="authority_id"
                label={t('newConduct.chooseAuthority')}
                value={form.authority}
                error={nobody}
                data={[
                  { value: '', label: t('newFinding.choose') },
                  ...authorities.map((a) => ({ value: a.id, label: a.name })),
                ]}
                onChange={(e) => set({ authority: e.currentTarget.value })}
              />
            )}
            {line('form', 'form', 200, t('newConduct.formHint'))}
            {line('number', 'decision_number', 100)}
            <DateInput
              required
              name="decision_on"
              label={t('newConduct.on')}
              value={form.on}
              error={errors.decision_on ?? (tried && form.on === '' ? t('needed') : undefined)}
              onChange={(on) => set({ on })}
            />
            {line('decidedBy', 'decided_by', 200)}
            <Textarea
              required
              className={css.wide}
              name="reason"
              label={t('newConduct.reason')}
              autosize
              minRows={2}
              maxLength={10_000}
              value={form.reason}
              error={errors.reason}
              onChange={(e) => set({ reason: e.currentTarget.value })}
            />
            <Checkbox
              className={css.wide}
              label={t('newConduct.public')}
              checked={form.public}
              onChange={(e) => set({ public: e.currentTarget.checked })}
            />
          </div>
        </Card>
        <Card id="evidence" title={t('evidence.title')}>
          <EvidencePicker
            officer={form.about === 'officer' ? form.officer : ''}
            authority={form.about === 'authority' ? form.authority : ''}
            chosen={evidence}
            needed={unproven}
            refused={unknown}
            onChange={(next) => {
              setEvidence(next);
              changed();
            }}
          />
        </Card>
        <FormEnd
          problem={problem}
          shown={Object.keys(errors)}
          busy={keep.isPending}
          send={t('newConduct.send')}
        >
          <Button
            variant="default"
            renderRoot={(root: object) => <Link {...root} to="/conduct-records" search={{}} />}
          >
            {t('common:cancel')}
          </Button>
        </FormEnd>
      </KeyForm>
    </Page>
  );
}
