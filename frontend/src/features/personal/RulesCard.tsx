import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { allProceduresQuery } from '@/features/catalogue/api';
import { asProblem, errorsByField } from '@/shared/api/problem';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { rulesQuery, useSetRule } from './api';
import css from './personal.module.css';

/** The fields of the catalogue by code, for naming what a rule is for. */
function useFields(): Map<string, string> {
  const items = useQuery(allProceduresQuery('')).data?.items ?? [];
  return new Map(items.map((p) => [p.field_code, p.field]));
}

function useScopeWords(): (scope: string) => string {
  const { t } = useTranslation('personal');
  const fields = useFields();
  return (scope) => {
    if (scope === '*') return t('retention.all');
    const [kind, code = ''] = scope.split(':');
    return kind === 'field'
      ? t('retention.field', { name: fields.get(code) ?? code })
      : t('retention.procedure', { code });
  };
}

/** How long what is kept, each rule with its source; whoever keeps accounts enters them. */
export function RulesCard({ mayEdit }: { mayEdit: boolean }) {
  const { t } = useTranslation('personal');
  const rules = useQuery(rulesQuery());
  const words = useScopeWords();
  return (
    <Card id="rules" title={t('retention.rules')}>
      <div className={css.stack}>
        {rules.isPending && <Loading rows={2} />}
        {rules.isError && <ProblemNotice error={rules.error} onRetry={() => void rules.refetch()} />}
        {rules.data?.items.length === 0 && <p className="soft">{t('retention.none')}</p>}
        {rules.data && rules.data.items.length > 0 && (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
          <div className={ui.tableWrap} role="group" aria-labelledby="rules-title" tabIndex={0}>
            <table className={ui.table}>
              <thead>
                <tr>
                  <th scope="col">{t('retention.scope')}</th>
                  <th scope="col">{t('retention.years')}</th>
                  <th scope="col">{t('retention.source')}</th>
                </tr>
              </thead>
              <tbody>
                {rules.data.items.map((r) => (
                  <tr key={r.scope}>
                    <td>{words(r.scope)}</td>
                    <td>
                      {typeof r.years === 'number'
                        ? t('retention.yearsOf', { count: r.years })
                        : t('retention.forever')}
                    </td>
                    <td>{r.source}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {mayEdit && <RuleForm />}
      </div>
    </Card>
  );
}

function RuleForm() {
  const { t } = useTranslation('personal');
  const fields = useFields();
  const [scope, setScope] = useState('*');
  const [years, setYears] = useState('');
  const [source, setSource] = useState('');
  const save = useSetRule();
  const problem = save.isError ? asProblem(save.error) : null;
  const errors = errorsByField(problem);
  const send = () =>
    save.mutate(
      { scope, years: years.trim() === '' ? null : Number(years), source: source.trim() },
      {
        onSuccess: () => {
          setYears('');
          setSource('');
        },
      },
    );
  return (
    <KeyForm label={t('retention.save')} className={css.form} refusal={save.error} onSend={send}>
      <NativeSelect
        label={t('retention.scope')}
        value={scope}
        error={errors.scope}
        onChange={(e) => setScope(e.currentTarget.value)}
        data={[
          { value: '*', label: t('retention.all') },
          ...[...fields]
            .sort(([a], [b]) => a.localeCompare(b))
            .map(([code, name]) => ({ value: `field:${code}`, label: t('retention.field', { name }) })),
        ]}
      />
      <TextInput
        label={t('retention.years')}
        description={t('retention.yearsHint')}
        inputMode="numeric"
        maxLength={3}
        value={years}
        error={errors.years}
        onChange={(e) => setYears(e.currentTarget.value.replace(/\D/g, ''))}
      />
      <TextInput
        required
        label={t('retention.source')}
        description={t('retention.sourceHint')}
        maxLength={300}
        value={source}
        error={errors.source}
        onChange={(e) => setSource(e.currentTarget.value)}
      />
      {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
      {save.isSuccess && <Notice tone="good" live title={t('retention.saved')} />}
      <div className={css.wide}>
        <Button type="submit" variant="default" loading={save.isPending}>
          {t('retention.save')}
        </Button>
      </div>
    </KeyForm>
  );
}
