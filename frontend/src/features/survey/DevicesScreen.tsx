import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery } from '@/features/catalogue/api';
import type { SurveyDevice } from '@/shared/api/types';
import { formatDate } from '@/shared/ui/format';
import { Chip, Empty, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { devicesQuery, useEndDevice } from './api';
import { ConfirmDialog } from './ConfirmDialog';
import { NewDeviceCard } from './NewDeviceCard';

/** The kiosks in the hall and the tablets on counters that ask. */
export function DevicesScreen() {
  const { t } = useTranslation('survey');
  const devices = useQuery(devicesQuery());
  const authorities = useQuery(authoritiesQuery()).data?.items ?? [];
  const [ending, setEnding] = useState<SurveyDevice | null>(null);
  const [ended, setEnded] = useState<string | null>(null);
  const told = useRef<HTMLDivElement>(null);
  const end = useEndDevice();
  // The button that was pressed is gone with what it ended.
  useEffect(() => {
    if (ended) told.current?.focus();
  }, [ended]);
  return (
    <Page title={t('devices.title')} lead={t('devices.lead')}>
      <NewDeviceCard authorities={authorities} />
      <Card id="devices" title={t('devices.list')}>
        <div ref={told} tabIndex={-1} aria-live="polite">
          {ended && <Notice tone="good" title={t('endDevice.done', { name: ended })} />}
        </div>
        {end.isError && <ProblemNotice error={end.error} />}
        {devices.isPending && <Loading />}
        {devices.isError && <ProblemNotice error={devices.error} onRetry={() => void devices.refetch()} />}
        {devices.data?.items.length === 0 && (
          <Empty icon="screen" title={t('devices.empty')}>
            <p>{t('devices.emptyHint')}</p>
          </Empty>
        )}
        {devices.data && devices.data.items.length > 0 && (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
          <div className={ui.tableWrap} role="group" aria-labelledby="devices-title" tabIndex={0}>
            <table className={`${ui.table} ${ui.wide}`}>
              <thead>
                <tr>
                  <th scope="col">{t('devices.name')}</th>
                  <th scope="col">{t('devices.kind')}</th>
                  <th scope="col">{t('devices.where')}</th>
                  <th scope="col">{t('devices.added')}</th>
                  <th scope="col">{t('devices.state')}</th>
                </tr>
              </thead>
              <tbody>
                {devices.data.items.map((device) => (
                  <tr key={device.id}>
                    <td>{device.name}</td>
                    <td>{t(`devices.kinds.${device.kind}`)}</td>
                    <td>
                      {authorities.find(({ id }) => id === device.authority_id)?.name ??
                        (device.authority_id ? '' : t('devices.hall'))}
                    </td>
                    <td>{formatDate(device.added_at)}</td>
                    <td>
                      {device.ended_at ? (
                        <Chip>{t('devices.endedOn', { date: formatDate(device.ended_at) })}</Chip>
                      ) : (
                        <Button
                          size="compact-md"
                          variant="default"
                          aria-haspopup="dialog"
                          aria-label={t('endDevice.of', { name: device.name })}
                          onClick={() => setEnding(device)}
                        >
                          {t('endDevice.open')}
                        </Button>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Card>
      {ending && (
        <ConfirmDialog
          texts="endDevice"
          code={ending.name}
          red
          pending={end.isPending}
          onClose={() => setEnding(null)}
          onSend={() =>
            end.mutate(ending.id, {
              onSuccess: () => setEnded(ending.name),
              onSettled: () => setEnding(null),
            })
          }
        />
      )}
    </Page>
  );
}
