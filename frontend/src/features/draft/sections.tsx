import { Checkbox, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Card } from '@/shared/ui/Page';
import css from './draft.module.css';
import { FeeList } from './FeeFields';
import { emptyComponent, emptyLimits, emptyLocal, type ProcedureForm } from './form';
import { Check, Choice, DayField, LongField, Sure, TextField } from './inputs';
import { LimitFields, LimitsFields } from './LimitFields';
import { bind, inside, present, type Part } from './part';
import { RowList } from './RowList';
import { fieldsOf, flagNames, groupCodes, onlineLevels, supplementModes } from './words';

interface Props {
  part: Part<ProcedureForm>;
}

/** The group and the field inside it: with another group, the field is its first. */
export function FieldChoice(props: {
  group: string;
  field: string;
  errors: Record<string, string>;
  onChange: (at: string, group: string, field: string) => void;
}) {
  const { t } = useTranslation('draft');
  const { group, field, errors, onChange } = props;
  return (
    <>
      <Choice
        of={{
          at: 'field_code',
          value: group,
          error: errors.field_code,
          set: (code) => onChange('field_code', code, fieldsOf(code)[0] ?? ''),
        }}
        label={t('member.field_code')}
        options={groupCodes}
        words="draft:group"
        className={css.half}
      />
      <NativeSelect
        name="field"
        className={css.half}
        label={t('member.field')}
        value={field}
        error={errors.field}
        onChange={(e) => onChange('field', group, e.currentTarget.value)}
      >
        {fieldsOf(group, field).map((each) => (
          // The names of fields are data, Vietnamese in every language of the screen.
          <option key={each} value={each} lang="vi">
            {each}
          </option>
        ))}
      </NativeSelect>
    </>
  );
}

export function IdentitySection({ part, fixed }: Props & { fixed: boolean }) {
  const { t } = useTranslation('draft');
  return (
    <Card id="identity" title={t('identity.title')}>
      <div className={css.fields}>
        <TextField
          of={bind(part, 'code')}
          required
          readOnly={fixed}
          label={t('new.code')}
          description={fixed ? t('identity.codeFixed') : t('new.codeHint')}
          className={css.third}
        />
        <LongField of={bind(part, 'name')} required label={t('identity.name')} className={css.wide} />
        <FieldChoice
          group={part.value.field_code}
          field={part.value.field}
          errors={part.errors}
          onChange={(at, field_code, field) => part.change(at, (p) => ({ ...p, field_code, field }))}
        />
        <Choice
          of={bind(part, 'code_certainty')}
          label={t('member.code_certainty')}
          options={['law', 'seen', 'known', 'to_check']}
          words="catalogue:certainty"
          className={css.half}
        />
        <LongField of={bind(part, 'code_source')} label={t('member.code_source')} className={css.half} />
      </div>
    </Card>
  );
}

export function ValiditySection({ part }: Props) {
  const { t } = useTranslation('draft');
  const announcing = inside(part, 'announcing_decision');
  const ending = inside(part, 'ending_decision');
  return (
    <Card id="validity" title={t('validity.title')}>
      <div className={css.fields}>
        <DayField
          of={bind(part, 'in_force_from')}
          required
          label={t('member.in_force_from')}
          className={css.half}
        />
        <DayField
          of={bind(part, 'in_force_to')}
          label={t('member.in_force_to')}
          description={t('validity.toHint')}
          className={css.half}
        />
        <TextField
          of={bind(announcing, 'number')}
          required
          label={t('validity.announcing')}
          description={t('validity.decisionHint')}
          className={css.half}
        />
        <DayField
          of={bind(announcing, 'date')}
          required
          label={t('validity.announcingDate')}
          className={css.half}
        />
        {(part.value.ending_decision.number !== '' || part.value.in_force_to !== '') && (
          <>
            <TextField of={bind(ending, 'number')} label={t('validity.ending')} className={css.half} />
            <DayField of={bind(ending, 'date')} label={t('validity.endingDate')} className={css.half} />
          </>
        )}
      </div>
    </Card>
  );
}

export function ComponentsSection({ part }: Props) {
  const { t } = useTranslation('draft');
  return (
    <Card id="components" title={t('components.title')}>
      <p className="soft">{t('components.lead')}</p>
      <div className={css.sub}>
        <RowList
          part={inside(part, 'components')}
          one={(number) => t('components.one', { number })}
          says={(component) => component.name}
          make={emptyComponent}
          add={t('components.add')}
          remove={t('components.remove')}
        >
          {(component) => (
            <div className={css.fields}>
              <LongField of={bind(component, 'name')} required label={t('components.name')} />
              <Check of={bind(component, 'required')} label={t('components.required')} />
              <Sure of={bind(component, 'certainty')} className={css.half} />
              <LongField of={bind(component, 'source')} label={t('source')} className={css.half} />
            </div>
          )}
        </RowList>
      </div>
    </Card>
  );
}

export function LimitsSection({ part }: Props) {
  const { t } = useTranslation('draft');
  return (
    <Card id="limits" title={t('limits.title')}>
      <LimitsFields part={inside(part, 'limits')} />
      <LimitFields part={inside(part, 'verification_limit')} which="verification" />
    </Card>
  );
}

export function FeesSection({ part }: Props) {
  const { t } = useTranslation('draft');
  return (
    <Card id="fees" title={t('fees.title')}>
      <p className="soft">{t('fees.lead')}</p>
      <div className={css.sub}>
        <FeeList part={inside(part, 'fees')} />
      </div>
    </Card>
  );
}

export function OtherSection({ part }: Props) {
  const { t } = useTranslation(['draft', 'catalogue']);
  const flags = inside(part, 'flags');
  return (
    <Card id="other" title={t('other.title')}>
      <div className={css.fields}>
        <LongField of={bind(part, 'result_name')} required label={t('member.result_name')} />
        <Choice
          of={bind(part, 'online_level')}
          label={t('member.online_level')}
          options={onlineLevels}
          words="catalogue:online"
          className={css.half}
        />
        <Choice
          of={bind(part, 'supplement_mode')}
          label={t('member.supplement_mode')}
          options={supplementModes}
          words="catalogue:mode"
          className={css.half}
        />
        <div role="group" aria-labelledby="flags-label">
          <p id="flags-label">{t('member.flags')}</p>
          <div className={css.checks}>
            {flagNames.map((flag) => (
              <Check key={flag} of={bind(flags, flag)} label={t(`catalogue:flag.${flag}`)} />
            ))}
          </div>
        </div>
        <LongField
          lines
          of={bind(part, 'notes')}
          label={t('member.notes')}
          description={t('other.notesHint')}
        />
      </div>
    </Card>
  );
}

/** What the province decides otherwise. */
export function LocalSection({ part }: Props) {
  const { t } = useTranslation('draft');
  const whole = inside(part, 'local');
  const local = present(whole);
  const limits = local && inside(local, 'limits');
  const ownLimits = limits && present(limits);
  const decision = local && inside(local, 'decision');
  return (
    <Card id="local" title={t('local.title')}>
      <p className="soft">{t('local.lead')}</p>
      <div className={css.sub}>
        <Checkbox
          name="local"
          label={t('local.has')}
          checked={local !== null}
          error={part.errors.local}
          onChange={(e) => {
            const { checked } = e.currentTarget;
            whole.change('local', () => (checked ? emptyLocal() : null));
          }}
        />
      </div>
      {local && decision && (
        <div className={`${css.fields} ${css.sub}`}>
          <TextField
            of={bind(decision, 'number')}
            required
            label={t('local.number')}
            description={t('local.numberHint')}
            className={css.half}
          />
          <DayField of={bind(decision, 'date')} label={t('local.date')} className={css.half} />
          <Checkbox
            name="local/limits"
            label={t('local.hasLimits')}
            checked={ownLimits !== null}
            onChange={(e) => {
              const { checked } = e.currentTarget;
              limits?.change('local/limits', () => (checked ? emptyLimits() : null));
            }}
          />
          {ownLimits && (
            <fieldset className={css.row}>
              <legend>{t('local.limits')}</legend>
              <LimitsFields part={ownLimits} />
            </fieldset>
          )}
          <fieldset className={css.row}>
            <legend>{t('local.fees')}</legend>
            <p className="soft small">{t('local.feesLead')}</p>
            <div className={css.sub}>
              <FeeList part={inside(local, 'fees')} />
            </div>
          </fieldset>
        </div>
      )}
    </Card>
  );
}
