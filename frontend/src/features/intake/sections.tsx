import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery } from '@/features/catalogue/api';
import type { Procedure } from '@/shared/api/types';
import { Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import css from './intake.module.css';
import { PapersTable } from './PapersTable';
import { PersonFields } from './PersonFields';
import { ProcedurePicker } from './ProcedurePicker';
import { missingPapers, type IntakeForm } from './state';

export interface PartProps {
  form: IntakeForm;
  procedure: Procedure | undefined;
  errors: Record<string, string>;
  change: (next: Partial<IntakeForm> | ((f: IntakeForm) => IntakeForm)) => void;
}

export function OwnerSection({ form, errors, change }: PartProps) {
  const { t } = useTranslation('intake');
  return (
    <Card id="person" title={t('person.title')}>
      <PersonFields
        who="owner"
        person={form.owner}
        errors={errors}
        autoFocus
        onChange={(f) => change((all) => ({ ...all, owner: f(all.owner) }))}
      />
      <div className={css.below}>
        <Checkbox
          label={t('person.otherFiler')}
          checked={form.otherFiler}
          onChange={(e) => change({ otherFiler: e.currentTarget.checked })}
        />
      </div>
      {form.otherFiler && (
        <div className={css.filer}>
          <h3>{t('person.filer')}</h3>
          <PersonFields
            who="filer"
            person={form.filer}
            errors={errors}
            onChange={(f) => change((all) => ({ ...all, filer: f(all.filer) }))}
          />
        </div>
      )}
    </Card>
  );
}

export function ProcedureSection({ form, procedure, errors, change }: PartProps) {
  const { t } = useTranslation(['intake', 'dossier']);
  const authorities = useQuery(authoritiesQuery());
  const wards = authorities.data?.items ?? [];
  return (
    <Card id="procedure" title={t('procedure.title')}>
      <div className={css.fields}>
        <div className={css.whole}>
          <ProcedurePicker
            begun={procedure?.name}
            error={errors.procedure_code}
            onChoose={(item, input) => {
              const root = input.form;
              change({ procedureCode: item.code, counts: {}, onTheSpot: false });
              if (root) setTimeout(() => root.querySelector<HTMLElement>('[name="authority"]')?.focus());
            }}
          />
        </div>
        <NativeSelect
          className={css.whole}
          name="authority"
          required
          withAsterisk
          label={t('authority.label')}
          value={form.authorityId}
          error={errors.authority_id}
          onChange={(e) => change({ authorityId: e.currentTarget.value, signerId: '' })}
          data={[
            { value: '', label: t('authority.choose') },
            ...wards.map((a) => ({ value: a.id, label: a.name })),
          ]}
        />
      </div>
      {authorities.isError && <ProblemNotice error={authorities.error} />}
    </Card>
  );
}

export function PapersSection({ form, procedure, errors, change }: PartProps) {
  const { t } = useTranslation('intake');
  const lacking = procedure ? missingPapers(procedure.components, form.counts) : [];
  return (
    <Card id="papers" title={t('papers.title')}>
      {!procedure ? (
        <p className="soft">{t('papers.chooseFirst')}</p>
      ) : (
        <>
          {procedure.components.length === 0 && <p className="soft">{t('papers.none')}</p>}
          {procedure.components.length > 0 && (
            <PapersTable
              components={procedure.components}
              counts={form.counts}
              onChange={(id, counts) => change((f) => ({ ...f, counts: { ...f.counts, [id]: counts } }))}
            />
          )}
          {errors.components && (
            <div className={css.below}>
              <Notice tone="late" live title={errors.components} />
            </div>
          )}
          <div className={css.foot}>
            <TextInput
              className={css.sets}
              label={t('papers.sets')}
              inputMode="numeric"
              value={String(form.copiesCount)}
              error={errors.copies_count}
              onFocus={(e) => e.currentTarget.select()}
              onChange={(e) => {
                const n = Number.parseInt(e.currentTarget.value.replace(/\D/g, '') || '1', 10);
                change({ copiesCount: Math.max(1, Math.min(n, 99)) });
              }}
            />
            {lacking.length > 0 && (
              <p className="small soft">{t('papers.lacking', { names: lacking.join('; ') })}</p>
            )}
          </div>
        </>
      )}
    </Card>
  );
}
