import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { signersQuery } from '@/features/catalogue/api';
import type { Channel, DeliveryMethod } from '@/shared/api/types';
import { ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { channels, deliveryMethods } from './choices';
import css from './intake.module.css';
import type { PartProps } from './sections';
import { isSent } from './state';

/** What is given on the spot in the mode for certification, which enters it in the book. */
const CERTIFIED = ['2.000815', '2.000884'];

/** How the result goes to the citizen, and where to. */
export function DeliveryFields(props: {
  method: DeliveryMethod;
  address: string;
  /** Where it goes unless another place is said. */
  ownerAddress: string;
  errors: Record<string, string>;
  onChange: (method: DeliveryMethod, address: string) => void;
}) {
  const { t } = useTranslation(['intake', 'dossier']);
  return (
    <>
      <NativeSelect
        className={css.half}
        label={t('delivery.method')}
        value={props.method}
        error={props.errors['result_delivery/method']}
        onChange={(e) => {
          const method = e.currentTarget.value as DeliveryMethod;
          props.onChange(method, props.address || (isSent(method) ? props.ownerAddress : ''));
        }}
        data={deliveryMethods.map((value) => ({ value, label: t(`dossier:delivery.${value}`) }))}
      />
      {isSent(props.method) && (
        <TextInput
          className={css.whole}
          label={t('delivery.address')}
          value={props.address}
          error={props.errors['result_delivery/address']}
          onChange={(e) => props.onChange(props.method, e.currentTarget.value)}
        />
      )}
    </>
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
        <DeliveryFields
          method={form.delivery}
          address={form.deliveryAddress}
          ownerAddress={form.owner.values.address}
          errors={errors}
          onChange={(delivery, deliveryAddress) => change({ delivery, deliveryAddress })}
        />
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
