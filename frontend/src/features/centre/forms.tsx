import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery } from '@/features/catalogue/api';
import { asProblem, errorsByField } from '@/shared/api/problem';
import { serverNow } from '@/shared/api/session';
import type { NewServed, Organisation } from '@/shared/api/types';
import { DateInput } from '@/shared/ui/DateInput';
import { localDate } from '@/shared/ui/format';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Notice, ProblemNotice } from '@/shared/ui/Notice';
import { useAddCounter, useAddPoint, useServe } from './api';
import css from './centre.module.css';

type Kind = Organisation['points'][number]['kind'];
const kinds: Kind[] = ['point', 'branch'];

/** The form around the fields of what is added: what was refused, what was saved, and its button. */
function AddForm(props: {
  label: string;
  error: unknown;
  pending: boolean;
  done: boolean;
  onSend: () => void;
  children: (errors: Record<string, string>) => ReactNode;
}) {
  const { t } = useTranslation('centre');
  const problem = props.error ? asProblem(props.error) : null;
  const errors = errorsByField(problem);
  return (
    <KeyForm label={props.label} className={css.form} refusal={props.error} onSend={props.onSend}>
      {props.children(errors)}
      <div className={css.wide}>
        {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
        {props.done && <Notice tone="good" live title={t('saved')} />}
        <Button type="submit" variant="default" loading={props.pending}>
          {props.label}
        </Button>
      </div>
    </KeyForm>
  );
}

export function PointForm({ centre }: { centre: string }) {
  const { t } = useTranslation('centre');
  const [kind, setKind] = useState<Kind>('point');
  const [name, setName] = useState('');
  const [address, setAddress] = useState('');
  const [phone, setPhone] = useState('');
  const [from, setFrom] = useState(localDate(serverNow()));
  const add = useAddPoint();
  const send = () =>
    add.mutate(
      {
        id: centre,
        body: {
          kind,
          name: name.trim(),
          address: address.trim() || undefined,
          phone: phone.trim() || undefined,
          valid_from: from || undefined,
        },
      },
      {
        onSuccess: () => {
          setName('');
          setAddress('');
          setPhone('');
        },
      },
    );
  return (
    <AddForm
      label={t('points.add')}
      error={add.error}
      pending={add.isPending}
      done={add.isSuccess}
      onSend={send}
    >
      {(errors) => (
        <>
          <NativeSelect
            label={t('kindLabel')}
            value={kind}
            onChange={(e) => setKind(e.currentTarget.value as Kind)}
            data={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          />
          <TextInput
            required
            label={t('name')}
            maxLength={200}
            value={name}
            error={errors.name}
            onChange={(e) => setName(e.currentTarget.value)}
          />
          <TextInput
            label={t('address')}
            maxLength={300}
            value={address}
            error={errors.address}
            onChange={(e) => setAddress(e.currentTarget.value)}
          />
          <TextInput
            label={t('phone')}
            inputMode="tel"
            maxLength={20}
            value={phone}
            error={errors.phone}
            onChange={(e) => setPhone(e.currentTarget.value)}
          />
          <DateInput label={t('firstDay')} value={from} error={errors.valid_from} onChange={setFrom} />
        </>
      )}
    </AddForm>
  );
}

export function CounterForm({ centre, points }: { centre: string; points: Organisation['points'] }) {
  const { t } = useTranslation('centre');
  const today = localDate(serverNow());
  const [name, setName] = useState('');
  const [point, setPoint] = useState('');
  const [from, setFrom] = useState(today);
  const add = useAddCounter();
  const open = points.filter((p) => !p.valid_to || p.valid_to >= today);
  const send = () =>
    add.mutate(
      {
        id: centre,
        body: { name: name.trim(), point_id: point || undefined, valid_from: from || undefined },
      },
      { onSuccess: () => setName('') },
    );
  return (
    <AddForm
      label={t('counters.add')}
      error={add.error}
      pending={add.isPending}
      done={add.isSuccess}
      onSend={send}
    >
      {(errors) => (
        <>
          <TextInput
            required
            label={t('counters.name')}
            maxLength={100}
            value={name}
            error={errors.name}
            onChange={(e) => setName(e.currentTarget.value)}
          />
          <NativeSelect
            label={t('counters.at')}
            value={point}
            error={errors.point_id}
            onChange={(e) => setPoint(e.currentTarget.value)}
            data={[{ value: '', label: t('ownHouse') }, ...open.map((p) => ({ value: p.id, label: p.name }))]}
          />
          <DateInput label={t('firstDay')} value={from} error={errors.valid_from} onChange={setFrom} />
        </>
      )}
    </AddForm>
  );
}

export function ServedForm({ centre, served }: { centre: string; served: Organisation['served'] }) {
  const { t } = useTranslation('centre');
  const today = localDate(serverNow());
  const known = useQuery(authoritiesQuery()).data?.items ?? [];
  const others = known.filter(
    (a) => !served.some((s) => s.authority_id === a.id && (!s.valid_to || s.valid_to >= today)),
  );
  const [authority, setAuthority] = useState('');
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [eCode, setECode] = useState('');
  const [from, setFrom] = useState(today);
  const serve = useServe();
  const send = () => {
    const body: NewServed = authority
      ? { authority_id: authority, valid_from: from || undefined }
      : { code: code.trim(), name: name.trim(), e_code: eCode.trim(), valid_from: from || undefined };
    serve.mutate(
      { id: centre, body },
      {
        onSuccess: () => {
          setAuthority('');
          setCode('');
          setName('');
          setECode('');
        },
      },
    );
  };
  return (
    <AddForm
      label={t('served.add')}
      error={serve.error}
      pending={serve.isPending}
      done={serve.isSuccess}
      onSend={send}
    >
      {(errors) => (
        <>
          <NativeSelect
            label={t('served.authority')}
            value={authority}
            error={errors.authority_id}
            onChange={(e) => setAuthority(e.currentTarget.value)}
            data={[
              { value: '', label: t('served.new') },
              ...others.map((a) => ({ value: a.id, label: a.name })),
            ]}
          />
          {authority === '' && (
            <>
              <TextInput
                required
                label={t('served.name')}
                maxLength={200}
                value={name}
                error={errors.name}
                onChange={(e) => setName(e.currentTarget.value)}
              />
              <TextInput
                required
                label={t('served.code')}
                description={t('served.codeHint')}
                maxLength={32}
                value={code}
                error={errors.code}
                onChange={(e) => setCode(e.currentTarget.value)}
              />
              <TextInput
                required
                label={t('served.eCode')}
                description={t('served.eCodeHint')}
                maxLength={35}
                value={eCode}
                error={errors.e_code}
                onChange={(e) => setECode(e.currentTarget.value)}
              />
            </>
          )}
          <DateInput label={t('firstDay')} value={from} error={errors.valid_from} onChange={setFrom} />
        </>
      )}
    </AddForm>
  );
}
