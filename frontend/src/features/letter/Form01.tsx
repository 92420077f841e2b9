import { useTranslation } from 'react-i18next';
import { useLimitWords } from '@/features/deadline/useLimitWords';
import type { ReceptionSlip } from '@/shared/api/types';
import { formatDate, formatTime } from '@/shared/ui/format';
import css from './form01.module.css';

/** Which copy of the slip: one stays with the office, one goes with the citizen. */
export type SlipCopy = 'kept' | 'given';

const two = (n: number) => String(n).padStart(2, '0');

/** Form 01, field by field in the official order. It is an official paper: always in Vietnamese. */
export function Form01({ slip, copy }: { slip: ReceptionSlip; copy: SlipCopy }) {
  // An official form is not translated with the screen around it.
  const { t } = useTranslation(['slip', 'dossier'], { lng: 'vi' });
  const day = (iso: string) => {
    const [d = '', month = '', year = ''] = formatDate(iso).split('/');
    return { day: d, month, year };
  };
  const moment = (iso: string) => {
    const [hour = '', minute = ''] = formatTime(iso).split(':');
    return t('moment', { hour, minute, ...day(iso) });
  };
  const limit = useLimitWords('vi');
  const centre = slip.header.centre;
  const where = slip.delivery_method === 'counter' ? centre : t(`dossier:delivery.${slip.delivery_method}`);
  return (
    <article className={css.sheet} lang="vi" aria-label={t('aria', { copy: t(`copy.${copy}`) })}>
      <p className={css.copy}>{t('copyLine', { copy: t(`copy.${copy}`) })}</p>
      <header className={css.head}>
        <div>
          <p className={css.capitals}>{slip.header.province}</p>
          <p className={`${css.strong} ${css.capitals}`}>{slip.header.centre}</p>
          <p className={css.rule} aria-hidden="true" />
          <p>{t('number', { number: slip.number })}</p>
        </div>
        <div>
          <p className={css.strong}>{t('nation')}</p>
          <p className={css.strong}>{t('motto')}</p>
          <p className={css.rule} aria-hidden="true" />
          <p className={css.italic}>
            {t('placeDate', {
              place: slip.header.commune.replace(/^(phường|xã|đặc khu)\s+/i, ''),
              ...day(slip.issued_at),
            })}
          </p>
        </div>
      </header>
      <div className={css.codeRow}>
        <p>
          {t('code')} <strong>{slip.code}</strong>
        </p>
        <img alt={t('qr')} src={`data:image/svg+xml;utf8,${encodeURIComponent(slip.qr_svg)}`} />
      </div>
      <h2 className={css.title}>{t('title')}</h2>
      <dl className={css.lines}>
        <Line label={t('centre')} value={slip.header.centre} />
        <Line label={t('from')} value={slip.filer_name} strong />
        <Line label={t('identity')} value={slip.identity_number} />
        {slip.owner_name !== slip.filer_name && <Line label={t('owner')} value={slip.owner_name} />}
        <Line label={t('address')} value={slip.address} />
        <Line label={t('phone')} value={slip.phone} />
        <Line label={t('email')} value={slip.email} />
        <Line label={t('procedure')} value={slip.procedure_name} strong />
      </dl>
      <p>{t('components')}</p>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('ordinal')}</th>
            <th scope="col">{t('paper')}</th>
            <th scope="col">{t('originals')}</th>
            <th scope="col">{t('certified')}</th>
            <th scope="col">{t('photocopies')}</th>
          </tr>
        </thead>
        <tbody>
          {slip.components.map((c, i) => (
            <tr key={c.name}>
              <td className={css.mid}>{i + 1}</td>
              <td>{c.name}</td>
              <td className={css.mid}>{c.originals || ''}</td>
              <td className={css.mid}>{c.certified_copies || ''}</td>
              <td className={css.mid}>{c.photocopies || ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t('sets', { count: slip.copies_count, sets: two(slip.copies_count) })}</p>
      <p>
        {t(slip.limit_certain || !slip.limit_unit ? 'limit' : 'limitToCheck', {
          limit: slip.limit_unit
            ? limit({ amount: slip.limit_amount ?? 1, unit: slip.limit_unit })
            : t('noLimit'),
        })}
      </p>
      <p>{t('accepted', { at: moment(slip.accepted_at) })}</p>
      <p>
        {t('due')} <strong>{slip.due_at ? moment(slip.due_at) : t('noDue')}</strong>
      </p>
      {slip.others.length > 0 && (
        <>
          <p>{t('others')}</p>
          <ol className={css.others}>
            {slip.others.map((o) => (
              <li key={o.code}>
                <strong>{o.code}</strong> – {o.procedure_name}.{' '}
                {o.components.length > 0 && `${o.components.map((c) => c.name).join('; ')}. `}
                {t('due')} <strong>{o.due_at ? moment(o.due_at) : t('noDue')}</strong>
              </li>
            ))}
          </ol>
        </>
      )}
      <p>{t('delivery', { where: [where, slip.delivery_address].filter(Boolean).join(', ') })}</p>
      <p>{t('book', { book: slip.book, number: slip.book_no })}</p>
      <footer className={css.signatures}>
        <div>
          <p className={css.strong}>{t('filerSigns')}</p>
          <p className={css.italic}>{t('signHint')}</p>
          <p className={css.name}>{slip.filer_name}</p>
        </div>
        <div>
          <p className={css.strong}>{t('receiverSigns')}</p>
          <p className={css.italic}>{t('signHint')}</p>
          <p className={css.name}>{slip.receiver_name}</p>
        </div>
      </footer>
      {copy === 'given' && slip.survey_qr_svg && slip.survey_url && (
        <section className={css.asks} aria-label={t('survey.aria')}>
          <img
            alt={t('survey.qr')}
            src={`data:image/svg+xml;utf8,${encodeURIComponent(slip.survey_qr_svg)}`}
          />
          <div>
            <p>
              <strong>{t('survey.asks')}</strong> {t('survey.how')}
            </p>
            <p className={css.address}>{slip.survey_url}</p>
          </div>
        </section>
      )}
    </article>
  );
}

function Line({ label, value, strong }: { label: string; value?: string | null; strong?: boolean }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className={strong ? css.strong : undefined}>{value ?? ''}</dd>
    </div>
  );
}
