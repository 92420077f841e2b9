import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery, signersQuery } from '@/features/catalogue/api';
import { errorsByField, type ApiProblem } from '@/shared/api/problem';
import type { Channel, DeliveryMethod, Procedure } from '@/shared/api/types';
import { Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { DuplicateNotice } from './DuplicateNotice';
import css from './intake.module.css';
import { PapersTable } from './PapersTable';
import { PersonFields } from './PersonFields';
import { ProcedurePicker } from './ProcedurePicker';
import { PromisePanel } from './PromisePanel';
import { missingPapers, type IntakeForm } from './state';

export interface PartProps {
  form: IntakeForm;
  procedure: Procedure | undefined;
  errors: Record<string, string>;
  change: (next: Partial<IntakeForm> | ((f: IntakeForm) => IntakeForm)) => void;
}

/** Complaints that are shown beside their fields; the notice lists the others. */
const SHOWN_BESIDE =
  /^(owner|filer|result_delivery)\/\w+$|^on_the_spot\/(signer_user_id|result_number)$|^(procedure_code|authority_id|channel|copies_count|note|components)$/;

/** What is given on the spot in the mode for certification, which enters it in the book. */
const CERTIFIED = ['2.000815', '2.000884'];

const channels: Channel[] = ['counter', 'post', 'home'];
const methods: DeliveryMethod[] = ['counter', 'post', 'home', 'electronic'];

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

export function ProcedureSection({ form, errors, change }: PartProps) {
  const { t } = useTranslation(['intake', 'dossier']);
  const authorities = useQuery(authoritiesQuery());
  const wards = authorities.data?.items ?? [];
  return (
    <Card id="procedure" title={t('procedure.title')}>
      <div className={css.fields}>
        <div className={css.whole}>
          <ProcedurePicker
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

export function DeliverySection({ form, procedure, errors, change }: PartProps) {
  const { t } = useTranslation(['intake', 'dossier']);
  const signers = useQuery(signersQuery(form.onTheSpot ? form.authorityId : ''));
  return (
    <Card id="delivery" title={t('delivery.title')}>
      <div className={css.fields}>
        <NativeSelect
          className={css.half}
          label={t('channel.label')}
          value={form.channel}
          error={errors.channel}
          onChange={(e) => change({ channel: e.currentTarget.value as Channel })}
          data={channels.map((value) => ({ value, label: t(`dossier:channel.${value}`) }))}
        />
        <NativeSelect
          className={css.half}
          label={t('delivery.method')}
          value={form.delivery}
          error={errors['result_delivery/method']}
          onChange={(e) => {
            const delivery = e.currentTarget.value as DeliveryMethod;
            change((f) => ({
              ...f,
              delivery,
              deliveryAddress: f.deliveryAddress || (delivery === 'counter' ? '' : f.owner.values.address),
            }));
          }}
          data={methods.map((value) => ({ value, label: t(`dossier:delivery.${value}`) }))}
        />
        {(form.delivery === 'post' || form.delivery === 'home') && (
          <TextInput
            className={css.whole}
            label={t('delivery.address')}
            value={form.deliveryAddress}
            error={errors['result_delivery/address']}
            onChange={(e) => change({ deliveryAddress: e.currentTarget.value })}
          />
        )}
        <TextInput
          className={css.whole}
          label={t('delivery.note')}
          value={form.note}
          error={errors.note}
          onChange={(e) => change({ note: e.currentTarget.value })}
        />
        <div className={css.whole}>
          <Checkbox
            label={t('check.label')}
            description={t('check.hint')}
            checked={form.checkOnly}
            onChange={(e) => change({ checkOnly: e.currentTarget.checked, onTheSpot: false })}
          />
        </div>
        {procedure && CERTIFIED.includes(procedure.code) && (
          <p className={css.whole}>
            <Link to="/certify">{t('spot.certify')}</Link>
          </p>
        )}
        {procedure?.flags.on_the_spot && !CERTIFIED.includes(procedure.code) && !form.checkOnly && (
          <>
            <div className={css.whole}>
              <Checkbox
                label={t('spot.label')}
                description={t('spot.hint')}
                checked={form.onTheSpot}
                onChange={(e) => change({ onTheSpot: e.currentTarget.checked })}
              />
            </div>
            {form.onTheSpot && (
              <>
                <NativeSelect
                  className={css.twoThirds}
                  required
                  withAsterisk
                  label={t('spot.signer')}
                  value={form.signerId}
                  error={errors['on_the_spot/signer_user_id']}
                  onChange={(e) => change({ signerId: e.currentTarget.value })}
                  data={[
                    { value: '', label: form.authorityId ? t('spot.choose') : t('spot.wardFirst') },
                    ...(signers.data?.items ?? []).map((s) => ({
                      value: s.id,
                      label: s.title ? `${s.full_name} – ${s.title}` : s.full_name,
                    })),
                  ]}
                />
                <TextInput
                  className={css.third}
                  label={t('spot.number')}
                  value={form.resultNumber}
                  error={errors['on_the_spot/result_number']}
                  onChange={(e) => change({ resultNumber: e.currentTarget.value })}
                />
                {signers.isError && <ProblemNotice error={signers.error} />}
              </>
            )}
          </>
        )}
      </div>
    </Card>
  );
}

/** The promise beside the form, and the one button that makes it. */
export function ConfirmCard(props: PartProps & { busy: boolean; problem: ApiProblem | null }) {
  const { t } = useTranslation('intake');
  const { form } = props;
  return (
    <aside className={css.confirm} aria-label={t('promise.title')}>
      <Card id="promise" title={t('promise.title')}>
        <PromisePanel procedure={props.procedure} />
        <div className={css.send}>
          <DuplicateNotice form={form} />
          {props.problem && (
            <ProblemNotice
              error={props.problem}
              shown={Object.keys(errorsByField(props.problem)).filter((f) => SHOWN_BESIDE.test(f))}
            />
          )}
          <Button type="submit" size="md" fullWidth loading={props.busy}>
            {form.checkOnly ? t('send.check') : form.onTheSpot ? t('send.onTheSpot') : t('send.accept')}
          </Button>
          <p className="small soft">{t('send.keys')}</p>
        </div>
      </Card>
    </aside>
  );
}
