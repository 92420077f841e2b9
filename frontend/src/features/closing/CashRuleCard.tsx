import { Button, Checkbox, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/features/receipt/useMay';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { CashRule } from '@/shared/api/types';
import { formatDateTime } from '@/shared/ui/format';
import { helpBelow } from '@/shared/ui/helpBelow';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Chip, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts } from '@/shared/ui/Page';
import { cashRuleQuery, useSetCashRule } from './api';
import css from './closing.module.css';

/** Whether the centre takes cash, and by which decision; whoever answers for the centre enters another. */
export function CashRuleCard() {
  const { t } = useTranslation('closing');
  const rule = useQuery(cashRuleQuery());
  const decides = useMay('payments.cash');
  return (
    <Card
      id="cash"
      title={t('cash.title')}
      aside={
        rule.data &&
        (rule.data.allowed ? (
          <Chip tone="good" icon="check">
            {t('cash.allowed')}
          </Chip>
        ) : (
          <Chip icon="cross">{t('cash.notAllowed')}</Chip>
        ))
      }
    >
      {rule.isPending && <Loading rows={3} />}
      {rule.isError && <ProblemNotice error={rule.error} onRetry={() => void rule.refetch()} />}
      {rule.data && (
        <div className={css.body}>
          <Decision rule={rule.data} />
          {decides && <RuleForm seen={rule.data} />}
        </div>
      )}
    </Card>
  );
}

function Decision({ rule }: { rule: CashRule }) {
  const { t } = useTranslation('closing');
  if (rule.version === 0) return <p className="soft">{t('cash.none')}</p>;
  return (
    <Facts
      items={[
        [
          t('cash.source'),
          rule.source && (
            <span key="s" lang="vi">
              {rule.source}
            </span>
          ),
        ],
        [
          t('cash.entered'),
          rule.set_by &&
            rule.set_at &&
            t('cash.by', { name: rule.set_by.full_name, at: formatDateTime(rule.set_at) }),
        ],
      ]}
    />
  );
}

function RuleForm({ seen }: { seen: CashRule }) {
  const { t } = useTranslation('closing');
  /** What was ticked; until then what holds. */
  const [ticked, setTicked] = useState<boolean>();
  const [source, setSource] = useState('');
  const save = useSetCashRule();
  const problem = save.isError ? asProblem(save.error) : null;
  const errors = errorsByField(problem);
  const allowed = ticked ?? seen.allowed;
  const touched = () => {
    if (!save.isIdle) save.reset();
  };
  return (
    <KeyForm
      label={t('cash.change')}
      className={css.form}
      refusal={save.error}
      onSend={() => {
        if (save.isPending) return;
        save.mutate(
          { seen, body: { allowed, source } },
          {
            onSuccess: () => {
              setTicked(undefined);
              setSource('');
            },
            // Somebody else was quicker: what they have entered is shown before it is changed again.
            onError: (error) => {
              if (asProblem(error).stale) setTicked(undefined);
            },
          },
        );
      }}
    >
      <h3>{t('cash.change')}</h3>
      <Checkbox
        name="allowed"
        label={t('cash.tick')}
        description={t('cash.tickHint')}
        checked={allowed}
        error={errors.allowed}
        onChange={(e) => {
          touched();
          setTicked(e.currentTarget.checked);
        }}
      />
      <TextInput
        required
        name="source"
        label={t('cash.source')}
        description={t('cash.sourceHint')}
        inputWrapperOrder={helpBelow}
        maxLength={300}
        value={source}
        error={errors.source}
        onChange={(e) => {
          touched();
          setSource(e.currentTarget.value);
        }}
      />
      {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
      {save.isSuccess && <Notice tone="good" live title={t('cash.saved')} />}
      <div className={css.buttons}>
        <Button type="submit" loading={save.isPending}>
          {t('cash.save')}
        </Button>
      </div>
    </KeyForm>
  );
}
