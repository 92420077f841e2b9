import { useTranslation } from 'react-i18next';
import type { MessageSettings } from '@/shared/api/types';
import { formatDateTime } from '@/shared/ui/format';
import { Notice } from '@/shared/ui/Notice';
import { Card, Facts } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import css from './message.module.css';

/** By which gateways messages go, and those that have not gone out or did not arrive. */
export function StandingCard({ settings }: { settings: MessageSettings }) {
  const { t } = useTranslation('message');
  const missing = (['mail', 'sms'] as const).filter((c) => settings[c] === 'not_configured');
  return (
    <Card id="standing" title={t('standing.title')}>
      <div className={css.stack}>
        <Facts
          items={[
            [t('channel.mail'), t(`status.${settings.mail}`)],
            [t('channel.sms'), t(`status.${settings.sms}`)],
          ]}
        />
        {missing.length > 0 && (
          <Notice tone="soon" title={t('standing.missing')}>
            <p>{t('standing.missingText')}</p>
          </Notice>
        )}
        {settings.standing.length === 0 ? (
          <p className="soft">{t('standing.none')}</p>
        ) : (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
          <div className={ui.tableWrap} role="group" aria-labelledby="standing-title" tabIndex={0}>
            <table className={ui.table}>
              <thead>
                <tr>
                  <th scope="col">{t('standing.channel')}</th>
                  <th scope="col">{t('standing.state')}</th>
                  <th scope="col" className="num">
                    {t('standing.count')}
                  </th>
                  <th scope="col">{t('standing.oldest')}</th>
                </tr>
              </thead>
              <tbody>
                {settings.standing.map((s) => (
                  <tr key={`${s.channel} ${s.state}`}>
                    <td>{t(`channel.${s.channel}`)}</td>
                    <td>{t(`state.${s.state}`)}</td>
                    <td className="num">{s.count}</td>
                    <td>{s.oldest && formatDateTime(s.oldest)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
    </Card>
  );
}
