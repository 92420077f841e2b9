import { Button, Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { BankTransaction, PlacementProposal, UnbankedCollection } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { formatDateTime, formatVnd } from '@/shared/ui/format';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Chip, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Pager } from '@/shared/ui/Pager';
import { proposalsQuery, usePlace, useUnbanked } from './reconcile';
import css from './reconcile.module.css';
import { tally } from './words';

interface Asked {
  money: BankTransaction;
  onDone: () => void;
  onClose: () => void;
}

/** Says which collections money is that came and is nobody's: those that are ticked must be its sum. */
export function ReconcileDialog(props: Asked) {
  const { t } = useTranslation('payment');
  const { money } = props;
  const proposals = useQuery(proposalsQuery(money.id));
  const waiting = useUnbanked(money.authority_id);
  // What was shown stays while it is fetched anew, and while it is told why it was refused.
  const ready = proposals.data && waiting.data;
  const failed = [proposals, waiting].find((q) => q.isError && !q.data);
  return (
    <Dialog wide title={t('reconcile.title')} onClose={props.onClose}>
      {!ready && !failed && <Loading rows={8} />}
      {failed && <ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} />}
      {ready && <ReconcileForm {...props} proposals={proposals.data} />}
    </Dialog>
  );
}

/** Up and down go from one tick to the next, as in a list. */
function moveOn(event: KeyboardEvent<HTMLInputElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const all = [...(event.currentTarget.form?.querySelectorAll<HTMLElement>('input[type=checkbox]') ?? [])];
  all[all.indexOf(event.currentTarget) + step]?.focus();
}

function ReconcileForm({ money, proposals, ...props }: Asked & { proposals: PlacementProposal[] }) {
  const { t } = useTranslation('payment');
  const [cursor, setCursor] = useState<string>();
  const [picked, setPicked] = useState<UnbankedCollection[]>([]);
  const waiting = useUnbanked(money.authority_id, cursor);
  const place = usePlace();
  const problem = place.isError ? asProblem(place.error) : null;
  const fault = errorsByField(problem).collection_ids;
  const sums = tally(money.amount_vnd, picked);
  const alike = new Set(proposals.map((p) => p.collection.id));
  const others = waiting.data?.items.filter((c) => !alike.has(c.id)) ?? [];
  const first = proposals[0]?.collection.id ?? others[0]?.id;
  const body = useRef<HTMLDivElement>(null);
  // The dialog may have stood open, without any tick, while the lists were being fetched.
  useEffect(() => {
    const start = body.current?.querySelector<HTMLElement>('input, button');
    start?.focus();
    start?.scrollIntoView({ block: 'nearest' });
  }, []);

  const send = () => {
    if (place.isPending || sums.standing !== 'even') return;
    place.mutate(
      { money, collections: picked.map((c) => c.id) },
      {
        onSuccess: props.onDone,
        // Refused, the lists are fetched anew: what was ticked may not stand there any more.
        onError: (error) => {
          if (!asProblem(error).unanswered) setPicked([]);
        },
      },
    );
  };
  const option = (collection: UnbankedCollection, named = false) => (
    <li key={collection.id}>
      <Checkbox
        name="collection_ids"
        value={collection.id}
        data-autofocus={collection.id === first || undefined}
        aria-invalid={Boolean(fault) || undefined}
        checked={picked.some((c) => c.id === collection.id)}
        onKeyDown={moveOn}
        onChange={(e) => {
          const { checked } = e.currentTarget;
          setPicked((before) => {
            const rest = before.filter((c) => c.id !== collection.id);
            return checked ? [...rest, collection] : rest;
          });
        }}
        label={<Collection of={collection} named={named} />}
      />
    </li>
  );
  const why = t(`reconcile.why.${sums.standing}`, { amount: formatVnd(Math.abs(sums.difference_vnd)) });
  return (
    <KeyForm label={t('reconcile.title')} className={css.form} refusal={place.error} onSend={send}>
      <p className="soft">{t('reconcile.lead')}</p>
      <div className={css.sides}>
        <div className={css.money}>
          <h3>{t('reconcile.money')}</h3>
          <p className={css.sum}>{formatVnd(money.amount_vnd)}</p>
          <p lang="vi">{money.description}</p>
          {money.payer_name && <p lang="vi">{money.payer_name}</p>}
          <p className="small soft">
            {t('money.booked', { at: formatDateTime(money.booked_at), reference: money.bank_reference })}
          </p>
        </div>
        <div ref={body} className={css.lists}>
          <div role="group" aria-labelledby="alike-title">
            <h3 id="alike-title">{t('reconcile.alike')}</h3>
            {proposals.length === 0 && <p className="soft">{t('reconcile.noneAlike')}</p>}
            {proposals.length > 0 && (
              <ul className={css.options}>{proposals.map((p) => option(p.collection, p.named))}</ul>
            )}
          </div>
          <div role="group" aria-labelledby="others-title">
            <h3 id="others-title">{t('reconcile.others')}</h3>
            {waiting.isError && (
              <ProblemNotice error={waiting.error} onRetry={() => void waiting.refetch()} />
            )}
            {waiting.data && others.length === 0 && <p className="soft">{t('reconcile.noOthers')}</p>}
            {others.length > 0 && <ul className={css.options}>{others.map((c) => option(c))}</ul>}
            <Pager next={waiting.data?.next} prev={waiting.data?.prev} onGo={setCursor} />
          </div>
        </div>
      </div>
      <div className={css.foot}>
        {problem && <ProblemNotice error={problem} />}
        <dl className={css.tally}>
          {(
            [
              ['picked', sums.picked_vnd],
              ['amount', money.amount_vnd],
              ['difference', sums.difference_vnd],
            ] as const
          ).map(([name, amount]) => (
            <div key={name}>
              <dt>{t(`reconcile.tally.${name}`, { number: picked.length })}</dt>
              <dd>{formatVnd(amount)}</dd>
            </div>
          ))}
        </dl>
        <p id="why-not" role="status" className="small" data-even={sums.standing === 'even' || undefined}>
          {why}
        </p>
        <div className={css.buttons}>
          <Button
            type="submit"
            disabled={sums.standing !== 'even'}
            aria-describedby="why-not"
            loading={place.isPending}
          >
            {t('reconcile.send')}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {t('cancel.no')}
          </Button>
          <span className={`small soft ${css.keys}`}>{t('reconcile.keys')}</span>
        </div>
      </div>
    </KeyForm>
  );
}

/** A collection as its tick is called: of which dossier, how much, how, under which name, by whom. */
function Collection({ of, named }: { of: UnbankedCollection; named: boolean }) {
  const { t } = useTranslation(['payment', 'fee']);
  return (
    <span className={css.option}>
      <span className={css.head}>
        <span className="code">{of.dossier_code ?? t('noCode')}</span>
        <strong className="num">{formatVnd(of.amount_vnd)}</strong>
      </span>
      <span className={css.how}>
        {[t(`fee:method.${of.method}`), of.reference && t('unbanked.reference', { reference: of.reference })]
          .filter(Boolean)
          .join(' · ')}{' '}
        {named && (
          <Chip tone="good" icon="check">
            {t('reconcile.named')}
          </Chip>
        )}
      </span>
      <span className="small soft">
        {of.collected_by
          ? t('unbanked.by', { name: of.collected_by.full_name, at: formatDateTime(of.collected_at) })
          : formatDateTime(of.collected_at)}
      </span>
    </span>
  );
}
