import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/features/receipt/useMay';
import type { Dossier, DossierFees, UnknownPayment as Unknown } from '@/shared/api/types';
import { formatDateTime, formatVnd } from '@/shared/ui/format';
import { Chip, Notice, ProblemNotice } from '@/shared/ui/Notice';
import css from './payment.module.css';
import { useUnknownsOf } from './unknown';
import { DenyUnknown, SayUnknownDialog } from './UnknownDialogs';
import { unknownTone } from './words';

/** Whether it is known of a dossier that what was collected came; the cashier says so where it is not. */
export function UnknownPayment({ dossier, fees }: { dossier: Dossier; fees: DossierFees }) {
  const { t } = useTranslation('payment');
  const reads = useMay('payments.read');
  const collects = useMay('payments.collect');
  const said = useUnknownsOf(dossier.id, reads);
  const [saying, setSaying] = useState(false);
  if (!said.data) return said.isError && <ProblemNotice error={said.error} />;
  const open = said.data.items.find((u) => u.state === 'unknown');
  const before = said.data.items.filter((u) => u.state !== 'unknown');
  const may = collects && !open && fees.payment_state === 'due' && fees.owed_vnd > 0;
  return (
    <>
      {open && <NotKnown payment={open} collects={collects} />}
      {may && (
        <div>
          <Button variant="default" onClick={() => setSaying(true)}>
            {t('unknown.begin')}
          </Button>
        </div>
      )}
      {saying && (
        <SayUnknownDialog dossier={dossier.id} amount={fees.owed_vnd} onClose={() => setSaying(false)} />
      )}
      {before.length > 0 && (
        <div className={css.headed}>
          <h3>{t('unknown.before')}</h3>
          <ul className={css.due}>
            {before.map((each) => (
              <Settled key={each.id} payment={each} />
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function NotKnown({ payment, collects }: { payment: Unknown; collects: boolean }) {
  const { t } = useTranslation(['payment', 'fee', 'actions']);
  const method = t(`fee:method.${payment.method}`).toLowerCase();
  return (
    <Notice
      tone="soon"
      live
      title={t('unknown.notice', { amount: formatVnd(payment.amount_vnd), method })}
      foot={collects && <DenyUnknown payment={payment} />}
    >
      <p>
        <span lang="vi">{payment.note}</span>
      </p>
      <p className="small">
        {t('unknown.by', { name: payment.said_by.full_name, at: formatDateTime(payment.said_at) })}
        {payment.reference && ` · ${t('unknown.ref', { reference: payment.reference })}`}
      </p>
      {collects && (
        <ul>
          <li>{t('unknown.came', { action: t('actions:name.payments'), method })}</li>
          <li>{t('unknown.not', { button: t('unknown.deny') })}</li>
        </ul>
      )}
    </Notice>
  );
}

function Settled({ payment }: { payment: Unknown }) {
  const { t } = useTranslation(['payment', 'fee']);
  const [tone, icon] = unknownTone[payment.state];
  const at = payment.settled_at ? formatDateTime(payment.settled_at) : '';
  return (
    <li>
      <div>
        <p>
          <span className="num">{formatVnd(payment.amount_vnd)}</span> · {t(`fee:method.${payment.method}`)}{' '}
          <Chip tone={tone} icon={icon}>
            {t(`unknown.state.${payment.state}`)}
          </Chip>
        </p>
        <p className="small soft">
          {payment.settled_by
            ? t('unknown.settled', { name: payment.settled_by.full_name, at })
            : t('unknown.settledByBank', { at })}
          {payment.settled_because && (
            <>
              {': '}
              <span lang="vi">{payment.settled_because}</span>
            </>
          )}
        </p>
      </div>
    </li>
  );
}
