import { useTranslation } from 'react-i18next';
import { CallTablet } from '@/features/survey/CallTablet';
import type { Dossier } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { formatDate, formatDateTime } from '@/shared/ui/format';
import { Chip, Notice } from '@/shared/ui/Notice';
import { Card, Facts } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import css from './dossier.module.css';
import { ResultMarkButton } from './ResultMarkButton';
import { ReturnReceiptButton } from './ReturnReceiptButton';

/** The papers that came in, and what has to be paid. */
export function ComponentsCard({ dossier }: { dossier: Dossier }) {
  const { t } = useTranslation('dossier');
  const count = (n: number) => (n > 0 ? n : <span className="soft">–</span>);
  return (
    <Card id="components" title={t('components.title')}>
      {dossier.components.length === 0 ? (
        <p className="soft">{t('components.none')}</p>
      ) : (
        // Keyboard users must be able to scroll the table when it is wider than the screen.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className={ui.tableWrap} role="group" aria-labelledby="components-title" tabIndex={0}>
          <table className={ui.table}>
            <thead>
              <tr>
                <th scope="col">{t('components.name')}</th>
                <th scope="col" className={ui.num}>
                  {t('components.originals')}
                </th>
                <th scope="col" className={ui.num}>
                  {t('components.certified')}
                </th>
                <th scope="col" className={ui.num}>
                  {t('components.photocopies')}
                </th>
              </tr>
            </thead>
            <tbody>
              {dossier.components.map((c) => (
                <tr key={c.component_id}>
                  <td>{c.name}</td>
                  <td className="num">{count(c.originals)}</td>
                  <td className="num">{count(c.certified_copies)}</td>
                  <td className="num">{count(c.photocopies)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Facts items={[[t('components.sets'), t('components.setCount', { count: dossier.copies_count })]]} />
    </Card>
  );
}

/** What was asked for, decided, made and handed back. Nothing of it yet: no card. */
export function OutcomeCard({ dossier }: { dossier: Dossier }) {
  const { t } = useTranslation('dossier');
  const word = useWord();
  const { decision, result, withdrawal, collector, supplement_requests: supplements } = dossier;
  if (!decision && !result && !withdrawal && !collector && supplements.length === 0) return null;
  return (
    <Card id="outcome" title={t('outcome.title')}>
      <Facts
        items={[
          ...supplements.map((s): [string, React.ReactNode] => [
            t('outcome.supplement', { at: formatDateTime(s.requested_at) }),
            <div key={s.id}>
              <ol style={{ margin: 0, paddingLeft: '1.25rem' }}>
                {s.items.map((item) => (
                  <li key={item}>{item}</li>
                ))}
              </ol>
              {s.reason && <p className="soft">{t('outcome.reason', { reason: s.reason })}</p>}
              {s.fulfilled_at ? (
                <Chip tone="good" icon="check">
                  {t('outcome.fulfilled', { at: formatDateTime(s.fulfilled_at) })}
                </Chip>
              ) : (
                <Chip tone="rest" icon="pause">
                  {t('outcome.waiting')}
                </Chip>
              )}
            </div>,
          ]),
          [
            t('outcome.decision'),
            decision && (
              <>
                <strong>{t(`decision.${decision.outcome}`)}</strong>
                {' – '}
                {decision.decided_by.full_name}, {formatDateTime(decision.decided_at)}
                {decision.reason && (
                  <p className="soft">{t('outcome.reason', { reason: decision.reason })}</p>
                )}
              </>
            ),
          ],
          [
            t('outcome.result'),
            result && (
              <>
                {result.number && <strong>{t('outcome.number', { number: result.number })} </strong>}
                {result.issued_on && t('outcome.issued', { date: formatDate(result.issued_on) })}
                <p>{result.summary}</p>
                {result.signer && (
                  <p className="soft">{t('outcome.signer', { name: result.signer.full_name })}</p>
                )}
                <div className={css.printed}>
                  <ResultMarkButton dossier={dossier} />
                </div>
              </>
            ),
          ],
          [
            t('outcome.withdrawal'),
            withdrawal && (
              <>
                {formatDateTime(withdrawal.requested_at)}: {withdrawal.reason}
                <p className="soft">
                  {withdrawal.confirmed_at
                    ? t('outcome.withdrawalConfirmed', { at: formatDateTime(withdrawal.confirmed_at) })
                    : t('outcome.withdrawalOpen')}
                </p>
              </>
            ),
          ],
          [
            t('outcome.collector'),
            collector && (
              <>
                {collector.full_name} ({word('dossier:relation', collector.relation)})
                <p className="soft">{t('outcome.returnedBy', { name: collector.returned_by.full_name })}</p>
                <div className={css.printed}>
                  <ReturnReceiptButton dossier={dossier} />
                  <CallTablet dossier={dossier} />
                </div>
              </>
            ),
          ],
        ]}
      />
    </Card>
  );
}

/** Papers on their way, and where they lie. */
export function HandoverCard({ dossier }: { dossier: Dossier }) {
  const { t } = useTranslation('dossier');
  const word = useWord();
  const open = dossier.open_handover;
  return (
    <Card id="handover" title={t('handover.title')}>
      {open && (
        <div style={{ marginBottom: '0.875rem' }}>
          <Notice tone="soon" title={t('handover.open', { desk: t(`desk.${open.to_desk}`) })}>
            {t('handover.given', { name: open.given_by.full_name, at: formatDateTime(open.given_at) })}
            {open.pages ? ` · ${t('handover.pages', { count: open.pages })}` : ''}
            {open.note ? ` · ${open.note}` : ''}
          </Notice>
        </div>
      )}
      <Facts
        items={[
          [t('handover.paper'), word('dossier:paper', dossier.paper_location)],
          [t('handover.payment'), word('dossier:payment', dossier.payment_state)],
          [t('handover.delivery'), word('dossier:deliveryState', dossier.delivery_state)],
        ]}
      />
    </Card>
  );
}
