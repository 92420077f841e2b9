import { Button, Checkbox, NativeSelect, Radio, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery } from '@/features/catalogue/api';
import { PersonField } from '@/features/roster/fields';
import { DateInput } from '@/shared/ui/DateInput';
import { FormEnd } from '@/shared/ui/FormEnd';
import { KeyForm } from '@/shared/ui/KeyForm';
import { ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { useTypedForm } from '@/shared/ui/useTypedForm';
import { useOpenInspection } from './api';
import {
  emptyInspection,
  inspectionBody,
  missingOf,
  withMember,
  type InspectionForm,
  type Missing,
} from './forms';
import css from './inspection.module.css';
import { kinds } from './words';

/** Opens an inspection by decision: what, of whom, by whom, and from when to when. */
export function OpenInspectionScreen({ onDone }: { onDone: (id: string) => void }) {
  const { t } = useTranslation(['inspection', 'common']);
  const open = useOpenInspection();
  const { form, set, tried, ready, handle, problem, errors } = useTypedForm(emptyInspection, open);
  const missing = tried ? missingOf(form) : [];
  const unscoped = tried && form.scope === 'named' && form.authorities.length === 0;
  const fault = (name: Missing | 'subject' | 'decision_number' | 'decided_by' | 'kind') =>
    errors[name] ?? (missing.some((m) => m === name) ? t('needed') : undefined);
  const send = () => {
    if (!ready(missingOf(form).length === 0 && (form.scope !== 'named' || form.authorities.length > 0)))
      return;
    open.mutate(inspectionBody(form), { onSuccess: (made) => onDone(made.id) });
  };
  const line = (
    key: 'subject' | 'number' | 'decidedBy',
    name: 'subject' | 'decision_number' | 'decided_by',
    most: number,
    className?: string,
  ) => (
    <TextInput
      required
      className={className}
      name={name}
      label={t(`new.${key}`)}
      maxLength={most}
      value={form[key]}
      error={fault(name)}
      onChange={(e) => set({ [key]: e.currentTarget.value })}
    />
  );
  const day = (
    key: 'decisionOn' | 'periodFrom' | 'periodTo' | 'accessFrom' | 'accessTo',
    name: Missing,
    description?: string,
  ) => (
    <DateInput
      required
      name={name}
      label={t(`new.${key}`)}
      description={description}
      value={form[key]}
      error={fault(name)}
      onChange={(iso) => set({ [key]: iso })}
    />
  );
  return (
    <Page title={t('new.title')} lead={t('new.lead')}>
      <p>
        <Link to="/inspections" search={{}}>
          {t('new.back')}
        </Link>
      </p>
      <KeyForm ref={handle} label={t('new.title')} className={css.stack} refusal={open.error} onSend={send}>
        <Card id="decision" title={t('new.decision')}>
          <div className={css.fields}>
            <NativeSelect
              name="kind"
              label={t('new.kind')}
              value={form.kind}
              error={fault('kind')}
              data={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
              onChange={(e) => set({ kind: kinds.find((k) => k === e.currentTarget.value) ?? form.kind })}
            />
            {line('number', 'decision_number', 100)}
            {day('decisionOn', 'decision_on')}
            {line('decidedBy', 'decided_by', 200)}
            {line('subject', 'subject', 300, css.wide)}
          </div>
        </Card>
        <Card id="scope" title={t('new.scope')}>
          <div className={css.stack}>
            <ScopeFields
              form={form}
              error={errors.authority_ids ?? (unscoped ? t('new.chooseAuthority') : undefined)}
              onChange={set}
            />
            <div className={css.fields}>
              {day('periodFrom', 'period_from')}
              {day('periodTo', 'period_to', t('new.periodHint'))}
              {day('accessFrom', 'access_from')}
              {day('accessTo', 'access_to', t('new.accessHint'))}
            </div>
          </div>
        </Card>
        <Card id="team" title={t('new.team')}>
          <div className={css.stack}>
            <p className="small soft">{t('new.teamHint')}</p>
            <TeamFields form={form} refused={errors} headError={fault('members')} onChange={set} />
          </div>
        </Card>
        <FormEnd problem={problem} shown={Object.keys(errors)} busy={open.isPending} send={t('new.send')}>
          <Button
            variant="default"
            renderRoot={(root: object) => <Link {...root} to="/inspections" search={{}} />}
          >
            {t('common:cancel')}
          </Button>
        </FormEnd>
      </KeyForm>
    </Page>
  );
}

function ScopeFields(props: {
  form: InspectionForm;
  error?: string;
  onChange: (part: Partial<InspectionForm>) => void;
}) {
  const { t } = useTranslation('inspection');
  const { form, error } = props;
  const authorities = useQuery(authoritiesQuery());
  return (
    <>
      <fieldset className={css.group}>
        <legend>{t('new.which')}</legend>
        <div className={css.choices}>
          {(['whole', 'named'] as const).map((scope) => (
            <Radio
              key={scope}
              name="scope"
              label={t(`new.${scope}`)}
              checked={form.scope === scope}
              onChange={() => props.onChange({ scope })}
            />
          ))}
        </div>
      </fieldset>
      {form.scope === 'named' && (
        <fieldset className={css.group}>
          <legend>{t('new.authorities')}</legend>
          {authorities.isError && <ProblemNotice error={authorities.error} />}
          <div className={css.choices}>
            {authorities.data?.items.map((authority) => (
              <Checkbox
                key={authority.id}
                name="authority"
                label={<span lang="vi">{authority.name}</span>}
                aria-invalid={error ? true : undefined}
                checked={form.authorities.includes(authority.id)}
                onChange={(e) =>
                  props.onChange({
                    authorities: e.currentTarget.checked
                      ? [...form.authorities, authority.id]
                      : form.authorities.filter((id) => id !== authority.id),
                  })
                }
              />
            ))}
          </div>
          {error && (
            <p className={css.wrong} role="alert">
              {error}
            </p>
          )}
        </fieldset>
      )}
    </>
  );
}

/** The head, then the others; there is always one more place to fill. */
function TeamFields(props: {
  form: InspectionForm;
  refused: Record<string, string>;
  headError?: string;
  onChange: (part: Partial<InspectionForm>) => void;
}) {
  const { t } = useTranslation('inspection');
  const { form, refused } = props;
  const places = [...form.members, ''];
  return (
    <div className={css.fields}>
      <PersonField
        required
        label={t('new.head')}
        name="head"
        none={t('new.nobody')}
        value={form.head}
        without={form.members}
        error={refused['members/0/user_id'] ?? props.headError}
        onChange={(head) => props.onChange({ head })}
      />
      {places.map((id, at) => (
        <PersonField
          key={at}
          label={t('new.member', { n: at + 1 })}
          name={`member-${at + 1}`}
          none={t('new.nobody')}
          value={id}
          without={[form.head, ...form.members.filter((_, i) => i !== at)]}
          error={refused[`members/${at + 1}/user_id`]}
          onChange={(chosen) => props.onChange({ members: withMember(form.members, at, chosen) })}
        />
      ))}
    </div>
  );
}
