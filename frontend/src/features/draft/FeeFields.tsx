import { useTranslation } from 'react-i18next';
import css from './draft.module.css';
import { emptyExemption, emptyFee, type ExemptionForm, type FeeForm, type RuleForm } from './form';
import {
  Choice,
  DayField,
  DecimalField,
  LongField,
  MoneyField,
  NumberField,
  Sure,
  TextField,
} from './inputs';
import { absentMeans, bind, inside, type Part } from './part';
import { RowList } from './RowList';
import { channels, dues, feeKinds, ruleTypes } from './words';

/** The lines of what is charged, the nation's or the province's. */
export function FeeList({ part }: { part: Part<FeeForm[]> }) {
  const { t } = useTranslation('draft');
  return (
    <RowList
      part={part}
      one={(number) => t('fees.one', { number })}
      says={(fee) => fee.name}
      make={emptyFee}
      add={t('fees.add')}
      remove={t('fees.remove')}
    >
      {(fee) => <FeeFields part={fee} />}
    </RowList>
  );
}

function FeeFields({ part }: { part: Part<FeeForm> }) {
  const { t } = useTranslation('draft');
  const { rule, amount_vnd } = part.value;
  // A rule computes the amount; one that stands beside it all the same must be seen to be taken out.
  const fixed = rule.type === '' || (rule.type !== 'per_case' && amount_vnd !== null);
  return (
    <>
      <div className={css.fields}>
        <TextField of={bind(part, 'name')} required label={t('fees.name')} className={css.wide} />
        <Choice
          of={bind(part, 'kind')}
          label={t('member.kind')}
          options={feeKinds}
          words="draft:kind"
          className={css.third}
        />
        <LongField
          of={bind(part, 'text')}
          required
          label={t('member.text')}
          description={t('fees.textHint')}
        />
        <RuleChoice part={part} />
        {fixed && (
          <MoneyField
            of={bind(part, 'amount_vnd')}
            label={t('fees.amount')}
            description={t('fees.amountHint')}
            className={css.third}
          />
        )}
        <RuleAmounts part={part} />
        <Choice
          of={bind(part, 'channel')}
          label={t('member.channel')}
          options={channels}
          words="draft:channel"
          className={css.half}
        />
        <Choice
          of={absentMeans(bind(part, 'due'), 'at_collection')}
          label={t('member.due')}
          options={dues}
          words="draft:due"
          className={css.half}
        />
        <Sure of={bind(part, 'certainty')} className={css.half} />
        <LongField
          of={bind(part, 'condition')}
          label={t('member.condition')}
          description={t('fees.conditionHint')}
        />
        <LongField of={bind(part, 'legal_basis')} label={t('member.legal_basis')} />
        <DayField of={bind(part, 'valid_from')} label={t('fees.validFrom')} className={css.half} />
        <DayField of={bind(part, 'valid_to')} label={t('fees.validTo')} className={css.half} />
      </div>
      <div className={css.sub}>
        <RowList
          part={inside(part, 'exemptions')}
          one={(number) => t('exemptions.one', { number })}
          says={(exemption) => exemption.text}
          make={emptyExemption}
          add={t('exemptions.add')}
          remove={t('exemptions.remove')}
        >
          {(exemption) => <ExemptionFields part={exemption} />}
        </RowList>
      </div>
    </>
  );
}

function RuleChoice({ part }: { part: Part<FeeForm> }) {
  const { t } = useTranslation('draft');
  const at = `${part.at}/rule`;
  const choose = (chosen: string) => {
    const type = ruleTypes.find((each) => each === chosen) ?? '';
    part.change(at, (fee) => ({
      ...fee,
      rule: { ...fee.rule, type },
      amount_vnd: type === 'per_case' ? fee.rule.amount_vnd : null,
    }));
  };
  const value = part.value.rule.type || 'none';
  return (
    <Choice
      of={{ at, value, error: part.errors[at], set: choose }}
      label={t('member.rule')}
      options={['none', ...ruleTypes]}
      words="draft:rule"
      className={css.wide}
    />
  );
}

function RuleAmounts({ part }: { part: Part<FeeForm> }) {
  const { t } = useTranslation('draft');
  const rule = inside(part, 'rule');
  const { type } = rule.value;
  if (type === '') return null;
  if (type === 'per_page')
    return (
      <>
        <NumberField
          of={bind(rule, 'first_pages')}
          required
          label={t('member.first_pages')}
          className={css.third}
        />
        {(['first_amount_vnd', 'next_amount_vnd', 'cap_vnd'] as const).map((name) => (
          <MoneyField
            key={name}
            of={bind(rule, name)}
            required
            label={t(`member.${name}`)}
            className={css.third}
          />
        ))}
      </>
    );
  if (type === 'percentage') return <RateFields rule={rule} />;
  const amount = bind(rule, 'amount_vnd');
  return (
    <MoneyField
      of={{
        ...amount,
        // What a case costs is a fixed amount too, and must be the same.
        set: (value) =>
          part.change(`${part.at}/rule`, (fee) => ({
            ...fee,
            rule: { ...fee.rule, amount_vnd: value },
            amount_vnd: type === 'per_case' ? value : fee.amount_vnd,
          })),
      }}
      required
      label={t(`fees.each.${type}`)}
      className={css.third}
    />
  );
}

/** A share of a value that is declared, and between which amounts it stays. */
function RateFields({ rule }: { rule: Part<RuleForm> }) {
  const { t } = useTranslation('draft');
  const at = `${rule.at}/basis_points`;
  return (
    <>
      <DecimalField
        of={{
          ...bind(rule, 'rate'),
          at,
          error: rule.errors[at],
          set: (typed) => rule.change(at, (whole) => ({ ...whole, rate: typed })),
        }}
        required
        unit="%"
        label={t('member.basis_points')}
        description={t('fees.rateHint')}
        className={css.third}
      />
      {(['least_vnd', 'most_vnd'] as const).map((name) => (
        <MoneyField
          key={name}
          of={bind(rule, name)}
          label={t(`member.${name}`)}
          description={t('fees.boundHint')}
          className={css.half}
        />
      ))}
    </>
  );
}

function ExemptionFields({ part }: { part: Part<ExemptionForm> }) {
  const { t } = useTranslation('draft');
  return (
    <div className={css.fields}>
      <LongField
        of={bind(part, 'text')}
        required
        label={t('exemptions.text')}
        description={t('exemptions.textHint')}
      />
      <NumberField
        of={bind(part, 'percent')}
        label={t('exemptions.percent')}
        description={t('exemptions.percentHint')}
        className={css.half}
      />
      <Sure of={bind(part, 'certainty')} className={css.half} />
      <Choice
        of={absentMeans(bind(part, 'channel'), 'any')}
        label={t('member.channel')}
        options={channels}
        words="draft:channel"
        className={css.half}
      />
      <LongField
        of={bind(part, 'evidence')}
        label={t('member.evidence')}
        description={t('exemptions.evidenceHint')}
      />
      <LongField of={bind(part, 'legal_basis')} required label={t('member.legal_basis')} />
      <DayField of={bind(part, 'valid_from')} label={t('exemptions.validFrom')} className={css.half} />
      <DayField of={bind(part, 'valid_to')} label={t('exemptions.validTo')} className={css.half} />
    </div>
  );
}
