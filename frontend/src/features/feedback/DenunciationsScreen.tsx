import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PersonField } from '@/features/roster/fields';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { Me, NewDenunciation } from '@/shared/api/types';
import { formatDate, formatDateTime } from '@/shared/ui/format';
import { FormEnd } from '@/shared/ui/FormEnd';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Listed } from '@/shared/ui/Listed';
import { Chip, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import {
  appointmentsQuery,
  denunciationsQuery,
  useAppoint,
  useEndAppointment,
  useReceiveDenunciation,
} from './api';
import css from './feedback.module.css';
import { FilerFields, filerFields, filerOf, noFiler } from './FilerFields';
import { ReceiptNotice } from './parts';
import { channels, stateTone } from './words';

/** Denunciations, for whom the director appointed; and the appointing, for the director. */
export function DenunciationsScreen(props: { me: Me; cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation('feedback');
  const handles = props.me.permissions.includes('denunciations.handle');
  const appoints = props.me.permissions.includes('denunciations.appoint');
  return (
    <Page title={t('denunciations.title')} lead={t('denunciations.lead')}>
      {!handles && <Notice>{t('denunciations.notAppointed')}</Notice>}
      {handles && <BookCard cursor={props.cursor} onGo={props.onGo} />}
      {handles && <ReceiveCard />}
      {appoints && <AppointmentsCard />}
    </Page>
  );
}

function BookCard(props: { cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation('feedback');
  const list = useQuery(denunciationsQuery(props.cursor));
  return (
    <Card id="book" title={t('denunciations.book')}>
      <div className={css.stack}>
        <p className="soft">{t('denunciations.recorded')}</p>
        <Listed list={list} icon="lock" none={t('denunciations.none')} onGo={props.onGo}>
          {(items) => (
            // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
            <div className={ui.tableWrap} role="group" aria-labelledby="book-title" tabIndex={0}>
              <table className={`${ui.table} ${ui.wide}`}>
                <thead>
                  <tr>
                    <th scope="col">{t('denunciations.number')}</th>
                    <th scope="col">{t('list.received')}</th>
                    <th scope="col">{t('item.channel')}</th>
                    <th scope="col">{t('list.state')}</th>
                    <th scope="col">{t('list.due')}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((item) => (
                    <tr key={item.id}>
                      <td>
                        <Link to="/denunciations/$id" params={{ id: item.id }}>
                          {t('denunciations.numberOf', { number: item.number, year: item.year })}
                        </Link>
                      </td>
                      <td>{formatDate(item.received_at)}</td>
                      <td>{t(`channels.${item.channel}`)}</td>
                      <td>
                        <Chip tone={stateTone[item.state]}>{t(`denunciations.states.${item.state}`)}</Chip>
                      </td>
                      <td>{item.due_on ? formatDate(item.due_on) : t('due.none')}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </Listed>
      </div>
    </Card>
  );
}

function ReceiveCard() {
  const { t } = useTranslation('feedback');
  const blank = { channel: 'counter' as NewDenunciation['channel'], about: '', text: '' };
  const [form, setForm] = useState(blank);
  const [filer, setFiler] = useState(noFiler);
  const receive = useReceiveDenunciation();
  const problem = receive.isError ? asProblem(receive.error) : null;
  const errors = errorsByField(problem);
  const set = (part: Partial<typeof form>) => setForm((f) => ({ ...f, ...part }));
  const send = () =>
    receive.mutate(
      { ...form, about: form.about.trim(), filer: filerOf(filer) },
      {
        onSuccess: () => {
          setForm(blank);
          setFiler(noFiler);
        },
      },
    );
  return (
    <Card id="receive" title={t('denunciations.receive')}>
      <div className={css.stack}>
        {receive.data && <ReceiptNotice receipt={receive.data.receipt} own={false} />}
        <KeyForm
          label={t('denunciations.receive')}
          className={css.form}
          refusal={receive.error}
          onSend={send}
        >
          <NativeSelect
            label={t('new.channel')}
            value={form.channel}
            onChange={(e) => set({ channel: e.currentTarget.value as NewDenunciation['channel'] })}
            data={channels.map((value) => ({ value, label: t(`channels.${value}`) }))}
          />
          <TextInput
            required
            label={t('denunciations.about')}
            maxLength={300}
            value={form.about}
            error={errors.about}
            onChange={(e) => set({ about: e.currentTarget.value })}
          />
          <Textarea
            required
            className={css.wide}
            label={t('denunciations.text')}
            autosize
            minRows={4}
            maxLength={10_000}
            value={form.text}
            error={errors.text}
            onChange={(e) => set({ text: e.currentTarget.value })}
          />
          <FilerFields form={filer} errors={errors} onChange={setFiler} />
          <FormEnd
            problem={problem}
            shown={[...filerFields, 'about', 'text']}
            busy={receive.isPending}
            send={t('denunciations.send')}
          />
        </KeyForm>
      </div>
    </Card>
  );
}

function AppointmentsCard() {
  const { t } = useTranslation('feedback');
  const list = useQuery(appointmentsQuery());
  const [user, setUser] = useState('');
  const appoint = useAppoint();
  const end = useEndAppointment();
  const problem = appoint.isError ? asProblem(appoint.error) : null;
  const errors = errorsByField(problem);
  return (
    <Card id="appointments" title={t('appointments.title')}>
      <div className={css.stack}>
        <p className="soft">{t('appointments.lead')}</p>
        {list.isPending && <Loading rows={2} />}
        {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
        {list.data?.items.length === 0 && <p>{t('appointments.none')}</p>}
        {list.data && list.data.items.length > 0 && (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
          <div className={ui.tableWrap} role="group" aria-labelledby="appointments-title" tabIndex={0}>
            <table className={ui.table}>
              <thead>
                <tr>
                  <th scope="col">{t('appointments.person')}</th>
                  <th scope="col">{t('appointments.since')}</th>
                  <th scope="col">{t('appointments.until')}</th>
                </tr>
              </thead>
              <tbody>
                {list.data.items.map((a) => (
                  <tr key={a.id}>
                    <td>{a.user.full_name}</td>
                    <td>{formatDateTime(a.appointed_at)}</td>
                    <td>
                      {a.ended_at ? (
                        formatDateTime(a.ended_at)
                      ) : (
                        <Button
                          size="compact-md"
                          variant="default"
                          aria-label={t('appointments.endOf', { name: a.user.full_name })}
                          loading={end.isPending && end.variables === a.id}
                          onClick={() => end.mutate(a.id)}
                        >
                          {t('appointments.end')}
                        </Button>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {end.isError && <ProblemNotice error={end.error} />}
        <KeyForm
          label={t('appointments.appoint')}
          className={css.form}
          refusal={appoint.error}
          onSend={() => appoint.mutate(user, { onSuccess: () => setUser('') })}
        >
          <PersonField
            required
            label={t('appointments.person')}
            name="user_id"
            none={t('appointments.choose')}
            value={user}
            error={errors.user_id}
            onChange={setUser}
          />
          <FormEnd
            problem={problem}
            shown={['user_id']}
            busy={appoint.isPending}
            disabled={!user}
            send={t('appointments.appoint')}
          />
        </KeyForm>
      </div>
    </Card>
  );
}
