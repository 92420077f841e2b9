import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery, signersQuery } from '@/features/catalogue/api';
import intake from '@/features/intake/intake.module.css';
import { PersonFields } from '@/features/intake/PersonFields';
import { errorsByField, type ApiProblem } from '@/shared/api/problem';
import type { CertificationKind } from '@/shared/api/types';
import { formatVnd } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { feeQuery } from './api';
import css from './certification.module.css';
import { blankPaper, commonPapers, MOST_PAPERS, sizes, type CertifyForm, type Paper } from './state';

export interface PartProps {
  form: CertifyForm;
  errors: Record<string, string>;
  change: (next: Partial<CertifyForm> | ((f: CertifyForm) => CertifyForm)) => void;
}

/** Complaints that are shown beside their fields; the notice lists the others. */
const SHOWN_BESIDE = /^(requester\/\w+|items\/\d+\/\w+|authority_id|signer_user_id|note)$/;

const kinds: CertificationKind[] = ['copy', 'signature'];

/** The requester's complaints under the names that the fields of a person know. */
const asOwner = (errors: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(errors).map(([at, text]) => [at.replace(/^requester\//, 'owner/'), text]),
  );

export function KindAndPerson({ form, errors, change }: PartProps) {
  const { t } = useTranslation('certification');
  return (
    <Card id="person" title={t('person.title')}>
      <div className={css.kind}>
        <NativeSelect
          name="kind"
          label={t('kind.label')}
          value={form.kind}
          onChange={(e) => change({ kind: e.currentTarget.value as CertificationKind })}
          data={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
      </div>
      <PersonFields
        who="owner"
        person={form.requester}
        errors={asOwner(errors)}
        autoFocus
        onChange={(f) => change((all) => ({ ...all, requester: f(all.requester) }))}
      />
    </Card>
  );
}

/** One row a paper; each gets a number of its own in the book. */
export function PapersCard({ form, errors, change }: PartProps) {
  const { t } = useTranslation('certification');
  const names = useId();
  const rows = useRef<HTMLDivElement>(null);
  const fee = useQuery(feeQuery(form.kind, sizes(form))).data;
  const amount = (i: number) =>
    sizes(form) && fee ? fee.lines.reduce((sum, line) => sum + (line.item_amounts_vnd[i] ?? 0), 0) : null;
  const edit = (key: number, next: Partial<Paper>) =>
    change((f) => ({ ...f, papers: f.papers.map((p) => (p.key === key ? { ...p, ...next } : p)) }));
  const add = () => {
    change((f) => ({
      ...f,
      papers: [...f.papers, blankPaper(Math.max(...f.papers.map((p) => p.key)) + 1)],
    }));
    setTimeout(() => rows.current?.querySelector<HTMLElement>('[data-paper]:last-of-type input')?.focus());
  };
  return (
    <Card id="papers" title={t('papers.title')}>
      <datalist id={names} aria-label={t('papers.suggestions')}>
        {commonPapers[form.kind].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div ref={rows} className={css.papers} data-kind={form.kind}>
        {form.papers.map((paper, i) => {
          const n = i + 1;
          const due = amount(i);
          return (
            <div
              key={paper.key}
              data-paper
              className={css.paper}
              role="group"
              aria-label={`${t('papers.document')} ${n}`}
            >
              <TextInput
                className={css.name}
                required
                label={t('papers.document')}
                name={`items.${i}.document_name`}
                list={names}
                maxLength={300}
                value={paper.name}
                error={errors[`items/${i}/document_name`]}
                onChange={(e) => edit(paper.key, { name: e.currentTarget.value })}
              />
              <TextInput
                className={css.count}
                label={t('papers.pages')}
                name={`items.${i}.original_pages`}
                inputMode="numeric"
                maxLength={4}
                value={paper.pages}
                error={errors[`items/${i}/original_pages`]}
                onFocus={(e) => e.currentTarget.select()}
                onChange={(e) => edit(paper.key, { pages: e.currentTarget.value })}
              />
              {form.kind === 'copy' && (
                <TextInput
                  className={css.count}
                  label={t('papers.copies')}
                  name={`items.${i}.copies`}
                  inputMode="numeric"
                  maxLength={3}
                  value={paper.copies}
                  error={errors[`items/${i}/copies`]}
                  onFocus={(e) => e.currentTarget.select()}
                  onChange={(e) => edit(paper.key, { copies: e.currentTarget.value })}
                />
              )}
              <p className={css.fee}>
                <span className="small soft">{t('papers.fee')}</span>
                <span>{due === null ? '–' : formatVnd(due)}</span>
              </p>
              {form.papers.length > 1 && (
                <Button
                  className={css.remove}
                  variant="subtle"
                  aria-label={t('papers.remove', { n })}
                  onClick={() =>
                    change((f) => ({ ...f, papers: f.papers.filter((p) => p.key !== paper.key) }))
                  }
                >
                  <Icon name="cross" size={16} />
                </Button>
              )}
            </div>
          );
        })}
      </div>
      <div className={intake.below}>
        <Button
          variant="default"
          leftSection={<Icon name="plus" size={16} />}
          disabled={form.papers.length >= MOST_PAPERS}
          onClick={add}
        >
          {t('papers.add')}
        </Button>
      </div>
    </Card>
  );
}

export function SignCard({ form, errors, change }: PartProps) {
  const { t } = useTranslation(['certification', 'intake']);
  const authorities = useQuery(authoritiesQuery());
  const signers = useQuery(signersQuery(form.authorityId));
  return (
    <Card id="sign" title={t('sign.title')}>
      <div className={intake.fields}>
        <NativeSelect
          className={intake.half}
          name="authority"
          required
          withAsterisk
          label={t('intake:authority.label')}
          value={form.authorityId}
          error={errors.authority_id}
          onChange={(e) => change({ authorityId: e.currentTarget.value, signerId: '' })}
          data={[
            { value: '', label: t('intake:authority.choose') },
            ...(authorities.data?.items ?? []).map((a) => ({ value: a.id, label: a.name })),
          ]}
        />
        <NativeSelect
          className={intake.half}
          name="signer"
          required
          withAsterisk
          label={t('sign.signer')}
          value={form.signerId}
          error={errors.signer_user_id}
          onChange={(e) => change({ signerId: e.currentTarget.value })}
          data={[
            { value: '', label: form.authorityId ? t('sign.choose') : t('sign.wardFirst') },
            ...(signers.data?.items ?? []).map((s) => ({
              value: s.id,
              label: s.title ? `${s.full_name} – ${s.title}` : s.full_name,
            })),
          ]}
        />
        <Textarea
          className={intake.whole}
          label={t('sign.note')}
          autosize
          minRows={1}
          value={form.note}
          error={errors.note}
          onChange={(e) => change({ note: e.currentTarget.value })}
        />
      </div>
      {authorities.isError && <ProblemNotice error={authorities.error} />}
      {signers.isError && <ProblemNotice error={signers.error} />}
    </Card>
  );
}

/** What it costs, told before it is done, and the one button that does it. */
export function SumCard(props: PartProps & { busy: boolean; problem: ApiProblem | null }) {
  const { t } = useTranslation('certification');
  const { form } = props;
  const asked = sizes(form);
  const fee = useQuery(feeQuery(form.kind, asked));
  const copies = asked?.reduce((sum, s) => sum + s.copies, 0) ?? 0;
  return (
    <aside className={intake.confirm} aria-label={t('sum.title')}>
      <Card id="sum" title={t('sum.title')}>
        {!asked && <p className="soft">{t('sum.none')}</p>}
        {asked && fee.isError && <ProblemNotice error={fee.error} onRetry={() => void fee.refetch()} />}
        {asked && fee.data && (
          <div className={css.sum}>
            <p className={css.total} aria-live="polite">
              {formatVnd(fee.data.total_vnd)}
            </p>
            <p>
              {t('sum.papers', { count: form.papers.length })},{' '}
              {form.kind === 'copy' ? t('sum.copies', { count: copies }) : t('sum.cases', { count: copies })}
            </p>
            {fee.data.lines.map((line) => (
              <p key={line.name} className="small soft">
                {line.text.replace(/[.\s]+$/, '')}.{' '}
                {line.legal_basis && t('sum.basis', { basis: line.legal_basis })}
              </p>
            ))}
            <p className="small soft">{t('sum.free', { code: fee.data.procedure_code })}</p>
          </div>
        )}
        <div className={intake.send}>
          {props.problem && (
            <ProblemNotice
              error={props.problem}
              shown={Object.keys(errorsByField(props.problem)).filter((f) => SHOWN_BESIDE.test(f))}
            />
          )}
          <Button type="submit" size="md" fullWidth loading={props.busy}>
            {t('sum.send')}
          </Button>
          <p className="small soft">{t('sum.keys')}</p>
        </div>
      </Card>
    </aside>
  );
}
