import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '@/shared/api/session';
import type { Apology, Dossier } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { capital, formatDate, formatDateTime, formatVnd, localDate } from '@/shared/ui/format';
import { Chip } from '@/shared/ui/Notice';
import { Card, Facts } from '@/shared/ui/Page';
import { SignBy } from './actions/apologyForms';
import css from './dossier.module.css';

interface TurnProps {
  dossier: Dossier;
}

/** What came between reception and result: an opinion, a payment, an apology, a halt, a correction. Nothing: no card. */
export function TurnsCard({ dossier }: TurnProps) {
  const { t } = useTranslation('dossier');
  const word = useWord();
  const {
    ending,
    consultation,
    payment_request: payment,
    extension,
    correction,
    continues,
    apology,
  } = dossier;
  if (!ending && !consultation && !payment && !extension && !correction && !continues && !apology)
    return null;
  return (
    <Card id="turns" title={t('turns.title')}>
      <Facts
        items={[
          [t('turns.came'), continues && <CameFrom dossier={dossier} />],
          [ending ? word('dossier:ending', ending.kind) : '', ending && <Ending dossier={dossier} />],
          [t('turns.consultation'), consultation && <Consultation dossier={dossier} />],
          [t('turns.payment'), payment && <Payment dossier={dossier} />],
          [t('turns.draft'), apology && <Draft apology={apology} />],
          [t('turns.extension'), extension && <Extension dossier={dossier} />],
          [t('turns.correction'), correction && <Correction dossier={dossier} />],
        ]}
      />
    </Card>
  );
}

/** Who, and when: the small line under each turn. */
function By({ name, at }: { name: string; at: string }) {
  return (
    <p className="small soft">
      {name}, {formatDateTime(at)}
    </p>
  );
}

const Turn = ({ children }: { children: ReactNode }) => <div className={css.turn}>{children}</div>;

/** The dossier at the other end of a transfer, by its code. */
function Linked({ id, code }: { id: string; code?: string | null }) {
  const { t } = useTranslation('dossier');
  return (
    <Link to="/dossiers/$id" params={{ id }}>
      {code ?? t('noCode')}
    </Link>
  );
}

function CameFrom({ dossier: { continues } }: TurnProps) {
  const { t } = useTranslation('dossier');
  if (!continues) return null;
  return (
    <p>
      {t('turns.cameFrom', { authority: continues.authority })}
      <Linked {...continues} />
    </p>
  );
}

function Ending({ dossier: { ending, continued_as: next } }: TurnProps) {
  const { t } = useTranslation('dossier');
  if (!ending) return null;
  return (
    <Turn>
      {next ? (
        <p>
          {t('turns.goesOn', { authority: next.authority })}
          <Linked {...next} />
        </p>
      ) : (
        ending.to && (
          <p>
            <strong>{ending.to}</strong>
          </p>
        )
      )}
      <p>{t('outcome.reason', { reason: ending.reason })}</p>
      {ending.legal_ground && <p>{t('turns.ground', { ground: ending.legal_ground })}</p>}
      <By name={ending.by?.full_name ?? t('timeline.system')} at={ending.at} />
    </Turn>
  );
}

function Consultation({ dossier: { consultation } }: TurnProps) {
  const { t } = useTranslation('dossier');
  if (!consultation) return null;
  const { reply_due_on: by } = consultation;
  const late = by && localDate(serverNow()) > by;
  return (
    <Turn>
      <p>
        <strong>{consultation.body}</strong>
      </p>
      <p>{consultation.question}</p>
      <By name={consultation.asked_by.full_name} at={consultation.asked_at} />
      <Chip tone={late ? 'soon' : 'accent'} icon="clock">
        {by ? t(late ? 'turns.replyLate' : 'turns.replyBy', { date: formatDate(by) }) : t('turns.replyOpen')}
      </Chip>
    </Turn>
  );
}

function Payment({ dossier: { payment_request: payment } }: TurnProps) {
  const { t } = useTranslation('dossier');
  const word = useWord();
  if (!payment) return null;
  return (
    <Turn>
      <p>
        <strong>{formatVnd(payment.amount_vnd)}</strong>
      </p>
      <p>{payment.reason}</p>
      <p className="small soft">{t('turns.requested', { at: formatDateTime(payment.requested_at) })}</p>
      {payment.settlement ? (
        <Chip tone="good" icon="check">
          {capital(word('dossier:payment', payment.settlement))}
        </Chip>
      ) : (
        <Chip tone="rest" icon="pause">
          {t('turns.unpaid')}
        </Chip>
      )}
    </Turn>
  );
}

/** The letter of apology as drafted, whole: what a leader is asked to sign. */
export function Draft({ apology }: { apology: Apology }) {
  const { t } = useTranslation('dossier');
  return (
    <Turn>
      <p>
        <strong>{t('turns.draftDate', { date: formatDate(apology.new_due_on) })}</strong>
      </p>
      <p>{t(`lateReason.${apology.reason_code}`)}</p>
      <p className={css.letterText}>{apology.reason}</p>
      <By name={apology.drafted_by.full_name} at={apology.drafted_at} />
      <SignBy latest={apology.latest_on} />
    </Turn>
  );
}

function Extension({ dossier: { extension, due_at_original: original } }: TurnProps) {
  const { t } = useTranslation('dossier');
  if (!extension) return null;
  const { from, to } = extension;
  return (
    <Turn>
      {from && to && (
        <p>
          <strong>{t('turns.moved', { from: formatDateTime(from), to: formatDateTime(to) })}</strong>
        </p>
      )}
      {extension.reason_code && <p>{t(`lateReason.${extension.reason_code}`)}</p>}
      <p>{t('outcome.reason', { reason: extension.reason })}</p>
      <By name={extension.by.full_name} at={extension.at} />
      {original && <p className="small soft">{t('turns.original', { date: formatDateTime(original) })}</p>}
    </Turn>
  );
}

function Correction({ dossier: { correction, sub_state: subState } }: TurnProps) {
  const { t } = useTranslation('dossier');
  if (!correction) return null;
  return (
    <Turn>
      <p>{correction.reason}</p>
      <By name={correction.opened_by.full_name} at={correction.opened_at} />
      {subState === 'correcting' ? (
        <Chip tone="accent" icon="work">
          {t('turns.correcting')}
        </Chip>
      ) : (
        <Chip tone="good" icon="check">
          {t('turns.corrected')}
        </Chip>
      )}
    </Turn>
  );
}
