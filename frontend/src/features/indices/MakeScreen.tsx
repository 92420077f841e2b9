import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery } from '@/features/catalogue/api';
import { asProblem, errorsByField } from '@/shared/api/problem';
import { serverNow } from '@/shared/api/session';
import type { Authority, IndexSnapshot, NewIndexSnapshot } from '@/shared/api/types';
import { localDate } from '@/shared/ui/format';
import { helpBelow } from '@/shared/ui/helpBelow';
import { KeyForm, type KeyFormHandle } from '@/shared/ui/KeyForm';
import { Disclosure, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { snapshotQuery, snapshotsQuery, useMake } from './api';
import { CENTRE, bodyOf, emptyUnit, typedUnit, type MakeForm } from './forms';
import css from './indices.module.css';
import { UnitFields } from './UnitFields';
import { partsOf, quartersUntil } from './words';

/** Works the indices of a quarter out: what the program knows, and what it has to be told. */
export function MakeScreen({ onDone }: { onDone: (id: string) => void }) {
  const { t } = useTranslation('indices');
  const authorities = useQuery(authoritiesQuery());
  const known = useQuery(snapshotsQuery(undefined, 50));
  const quarters = quartersUntil(localDate(serverNow()));
  const [quarter, setQuarter] = useState(quarters[1] ?? '');
  const before = known.data?.items.find((s) => s.quarter === quarter);
  const seen = useQuery(snapshotQuery(before?.id ?? ''));
  const ready = authorities.data && known.data && (!before || seen.data);
  const error = authorities.error ?? known.error ?? seen.error;
  return (
    <Page title={t('make.title')} lead={t('make.lead')}>
      <Card id="quarter" title={t('make.which')}>
        <NativeSelect
          name="quarter"
          label={t('list.quarter')}
          value={quarter}
          data={quarters.map((q) => ({ value: q, label: t('quarterName', partsOf(q)) }))}
          onChange={(e) => setQuarter(e.currentTarget.value)}
        />
      </Card>
      {error && <ProblemNotice error={error} />}
      {!ready && !error && <Loading rows={8} />}
      {ready && (
        <Fill
          // What was said of one quarter says nothing of another.
          key={`${quarter} ${before?.id ?? ''}`}
          quarter={quarter}
          seen={before ? seen.data : undefined}
          authorities={authorities.data.items}
          onDone={onDone}
        />
      )}
    </Page>
  );
}

function begun(quarter: string, authorities: Authority[], seen?: IndexSnapshot): MakeForm {
  const said = (id: string | undefined) =>
    seen?.entered_units.find((u) => (u.authority_id ?? undefined) === id);
  const unit = (id: string | undefined) => {
    const entry = said(id);
    return entry ? typedUnit(entry) : emptyUnit;
  };
  return {
    quarter,
    cut_off: seen?.snapshot.cut_off ?? 'calendar',
    reason: '',
    units: Object.fromEntries([
      [CENTRE, unit(undefined)],
      ...authorities.map((a) => [a.id, unit(a.id)] as const),
    ]),
  };
}

function Fill(props: {
  quarter: string;
  seen?: IndexSnapshot;
  authorities: Authority[];
  onDone: (id: string) => void;
}) {
  const { t } = useTranslation(['indices', 'common']);
  const { authorities, seen } = props;
  const [form, setForm] = useState(() => begun(props.quarter, authorities, seen));
  const [places, setPlaces] = useState<string[]>([]);
  const [opened, setOpened] = useState<Record<string, boolean>>({});
  const handle = useRef<KeyFormHandle>(null);
  const make = useMake();
  const problem = make.isError ? asProblem(make.error) : null;
  const refused = errorsByField(problem);
  const change = (part: Partial<MakeForm>) => {
    setForm({ ...form, ...part });
    if (!make.isIdle) make.reset();
  };
  const again = (seen?.snapshot.number ?? 0) > 1 || seen?.snapshot.frozen === true;
  const send = () => {
    const { body, places: whose } = bodyOf(form, seen?.entered_officers ?? []);
    setPlaces(whose);
    make.mutate(body, {
      onSuccess: (made) => props.onDone(made.snapshot.id),
      // What was refused is shown, wherever it stands.
      onError: (error) => {
        const at = Object.keys(errorsByField(asProblem(error)));
        const wrong = whose.filter((_, i) => at.some((pointer) => pointer.startsWith(`units/${i}/`)));
        setOpened((before) => ({ ...before, ...Object.fromEntries(wrong.map((key) => [key, true])) }));
      },
    });
  };
  const cutOffs: NonNullable<NewIndexSnapshot['cut_off']>[] = ['calendar', 'reporting'];
  const units = [
    { key: CENTRE, name: t('make.centre') },
    ...authorities.map((a) => ({ key: a.id, name: a.name })),
  ];
  return (
    <KeyForm ref={handle} label={t('make.title')} className={css.body} refusal={make.error} onSend={send}>
      <Card id="how" title={t('make.how')}>
        <div className={css.fields}>
          <NativeSelect
            name="cut_off"
            label={t('make.cutOff')}
            description={t(`make.cutOffs.${form.cut_off}Hint`)}
            inputWrapperOrder={helpBelow}
            value={form.cut_off}
            data={cutOffs.map((value) => ({ value, label: t(`make.cutOffs.${value}`) }))}
            onChange={(e) =>
              change({ cut_off: e.currentTarget.value === 'reporting' ? 'reporting' : 'calendar' })
            }
          />
          <TextInput
            name="reason"
            label={t('make.reason')}
            description={t(again ? 'make.reasonNeeded' : 'make.reasonHint')}
            inputWrapperOrder={helpBelow}
            required={again}
            maxLength={300}
            value={form.reason}
            error={refused.reason}
            onChange={(e) => change({ reason: e.currentTarget.value })}
          />
        </div>
      </Card>
      <Card id="told" title={t('make.told')}>
        <p className="soft">{t('make.toldLead')}</p>
        <div className={css.body}>
          {units.map(({ key, name }) => {
            const place = places.indexOf(key);
            const faults =
              place < 0
                ? {}
                : Object.fromEntries(
                    Object.entries(refused).flatMap(([at, text]) =>
                      at.startsWith(`units/${place}/`) ? [[at.slice(`units/${place}/`.length), text]] : [],
                    ),
                  );
            return (
              <Disclosure
                key={key}
                summary={name}
                open={opened[key] ?? false}
                onToggle={(open) => setOpened((before) => ({ ...before, [key]: open }))}
              >
                <UnitFields
                  unit={key}
                  form={form.units[key] ?? emptyUnit}
                  faults={faults}
                  onChange={(typed) => change({ units: { ...form.units, [key]: typed } })}
                />
              </Disclosure>
            );
          })}
        </div>
      </Card>
      {problem && <ProblemNotice error={problem} shown={Object.keys(refused)} />}
      <div className={css.tools}>
        <Button type="submit" loading={make.isPending}>
          {t('make.send')}
        </Button>
        <Button component={Link} to="/indices" variant="default">
          {t('common:cancel')}
        </Button>
      </div>
    </KeyForm>
  );
}
