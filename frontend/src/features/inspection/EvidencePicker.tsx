import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dossiersQuery } from '@/features/dossier/api';
import { feedbackListQuery } from '@/features/feedback/api';
import { snapshotQuery, snapshotsQuery } from '@/features/indices/api';
import { isIndex, nameOf, partsOf } from '@/features/indices/words';
import type { Evidence, EvidenceKind } from '@/shared/api/types';
import { Icon } from '@/shared/ui/Icon';
import { ProblemNotice } from '@/shared/ui/Notice';
import { allFindingsQuery, allInspectionsQuery, allOfficerResultsQuery } from './api';
import { useEvidenceLabel } from './ConductParts';
import css from './inspection.module.css';
import { briefly, evidenceKinds } from './words';

type Add = (evidence: Evidence) => void;

/** What a record rests on: existing things, found by their code or chosen from their list. */
export function EvidencePicker(props: {
  officer: string;
  authority: string;
  chosen: Evidence[];
  /** Nothing was chosen when it was to be sent. */
  needed: boolean;
  /** What the server refused, by pointer. */
  refused: [at: string, text: string][];
  onChange: (chosen: Evidence[]) => void;
}) {
  const { t } = useTranslation('inspection');
  const { chosen } = props;
  const [kind, setKind] = useState<EvidenceKind>('dossier');
  const [twice, setTwice] = useState(false);
  const label = useEvidenceLabel();
  const add: Add = (evidence) => {
    const there = chosen.some((e) => e.kind === evidence.kind && e.id === evidence.id);
    setTwice(there);
    if (!there) props.onChange([...chosen, evidence]);
  };
  return (
    <div className={css.stack}>
      <div aria-live="polite">
        {chosen.length === 0 ? (
          <p className={props.needed ? css.wrong : 'soft'}>{t('evidence.none')}</p>
        ) : (
          <ul className={css.chosen} aria-label={t('evidence.list')}>
            {chosen.map((each, at) => (
              <li key={`${each.kind} ${each.id}`}>
                <span>
                  {t(`evidenceKinds.${each.kind}`)}: {label(each)}
                </span>
                <Button
                  size="compact-md"
                  variant="default"
                  aria-label={t('evidence.dropOf', { label: label(each) })}
                  onClick={() => props.onChange(chosen.filter((_, i) => i !== at))}
                >
                  {t('evidence.drop')}
                </Button>
                {props.refused
                  .filter(([pointer]) => pointer.startsWith(`evidence/${at}`))
                  .map(([pointer, text]) => (
                    <span key={pointer} className={css.wrong} role="alert">
                      {text}
                    </span>
                  ))}
              </li>
            ))}
          </ul>
        )}
        {props.refused
          .filter(([pointer]) => pointer === 'evidence')
          .map(([pointer, text]) => (
            <p key={pointer} className={css.wrong}>
              {text}
            </p>
          ))}
        {twice && <p className={css.wrong}>{t('evidence.already')}</p>}
      </div>
      <div className={css.fields}>
        <NativeSelect
          name="evidence_kind"
          label={t('evidence.kind')}
          value={kind}
          error={props.needed}
          data={evidenceKinds.map((value) => ({ value, label: t(`evidenceKinds.${value}`) }))}
          onChange={(e) => {
            setKind(evidenceKinds.find((k) => k === e.currentTarget.value) ?? kind);
            setTwice(false);
          }}
        />
        {(kind === 'dossier' || kind === 'feedback') && <ByCode key={kind} kind={kind} onAdd={add} />}
        {kind === 'finding' && <FindingChoice onAdd={add} />}
        {kind === 'inspection' && <InspectionChoice onAdd={add} />}
        {kind === 'index_line' && (
          <IndexChoice
            key={`${props.officer} ${props.authority}`}
            officer={props.officer}
            authority={props.authority}
            onAdd={add}
          />
        )}
      </div>
    </div>
  );
}

function AddButton(props: { busy?: boolean; onAdd: () => void }) {
  const { t } = useTranslation('inspection');
  return (
    <div className={css.wide}>
      <Button
        variant="default"
        leftSection={<Icon name="plus" size={16} />}
        loading={props.busy}
        onClick={props.onAdd}
      >
        {t('evidence.add')}
      </Button>
    </div>
  );
}

/** A dossier or feedback, by its code. */
function ByCode({ kind, onAdd }: { kind: 'dossier' | 'feedback'; onAdd: Add }) {
  const { t } = useTranslation('inspection');
  const queries = useQueryClient();
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState<'unknown' | 'choosePlease'>();
  const find = useMutation({
    mutationFn: async (typed: string) => {
      const same = (found?: string | null) => found?.toUpperCase() === typed.toUpperCase();
      if (kind === 'dossier') {
        const page = await queries.fetchQuery({ ...dossiersQuery({ q: typed, limit: 2 }), staleTime: 0 });
        const dossier = page.items.find((d) => same(d.code));
        return dossier && { id: dossier.id, label: dossier.code ?? typed };
      }
      const page = await queries.fetchQuery({ ...feedbackListQuery({ code: typed }), staleTime: 0 });
      const item = page.items.find((f) => same(f.code));
      return item && { id: item.id, label: item.code };
    },
    onSuccess: (found) => {
      if (!found) {
        setWrong('unknown');
        return;
      }
      onAdd({ kind, ...found });
      setCode('');
    },
  });
  const add = () => {
    const typed = code.trim();
    setWrong(typed === '' ? 'choosePlease' : undefined);
    if (typed !== '') find.mutate(typed);
  };
  return (
    <>
      <TextInput
        name="evidence_code"
        label={t('evidence.code')}
        maxLength={64}
        spellCheck={false}
        autoComplete="off"
        value={code}
        error={wrong && t(`evidence.${wrong}`)}
        onChange={(e) => {
          setCode(e.currentTarget.value);
          setWrong(undefined);
        }}
        onKeyDown={(e) => {
          // Here Enter takes what was typed; Ctrl+Enter still sends the form.
          if (e.key !== 'Enter' || e.ctrlKey || e.metaKey || e.nativeEvent.isComposing) return;
          e.preventDefault();
          add();
        }}
      />
      {find.isError && (
        <div className={css.wide}>
          <ProblemNotice error={find.error} />
        </div>
      )}
      <AddButton busy={find.isPending} onAdd={add} />
    </>
  );
}

/** One of a list. */
function Choice(props: {
  name: string;
  label: string;
  choices: { id: string; text: string; label: string }[];
  kind: EvidenceKind;
  error: unknown;
  onAdd: Add;
}) {
  const { t } = useTranslation('inspection');
  const [id, setId] = useState('');
  const [missing, setMissing] = useState(false);
  const chosen = props.choices.find((c) => c.id === id);
  return (
    <>
      {props.error ? (
        <div className={css.wide}>
          <ProblemNotice error={props.error} />
        </div>
      ) : null}
      <NativeSelect
        name={props.name}
        label={props.label}
        value={id}
        error={missing && t('evidence.choosePlease')}
        data={[
          { value: '', label: t('evidence.choose') },
          ...props.choices.map((c) => ({ value: c.id, label: c.text })),
        ]}
        onChange={(e) => {
          setId(e.currentTarget.value);
          setMissing(false);
        }}
      />
      <AddButton
        onAdd={() => {
          setMissing(!chosen);
          if (!chosen) return;
          props.onAdd({ kind: props.kind, id: chosen.id, label: chosen.label });
          setId('');
        }}
      />
    </>
  );
}

/** Shorter than in a list of its own: it is one line of a choice. */
const A_LINE = 80;

function FindingChoice({ onAdd }: { onAdd: Add }) {
  const { t } = useTranslation('inspection');
  const all = useQuery(allFindingsQuery());
  return (
    <Choice
      name="evidence_finding"
      label={t('evidence.which')}
      kind="finding"
      error={all.error}
      choices={(all.data?.items ?? []).map((f) => ({
        id: f.id,
        text: `${f.decision_number} – ${briefly(f.text, A_LINE)}`,
        label: f.decision_number,
      }))}
      onAdd={onAdd}
    />
  );
}

function InspectionChoice({ onAdd }: { onAdd: Add }) {
  const { t } = useTranslation('inspection');
  const all = useQuery(allInspectionsQuery());
  return (
    <Choice
      name="evidence_inspection"
      label={t('evidence.which')}
      kind="inspection"
      error={all.error}
      choices={(all.data?.items ?? []).map((i) => ({
        id: i.id,
        text: `${i.decision_number} – ${briefly(i.subject, A_LINE)}`,
        label: i.decision_number,
      }))}
      onAdd={onAdd}
    />
  );
}

/** A line of a frozen snapshot: of the officer, of an authority, or of the centre. */
function IndexChoice(props: { officer: string; authority: string; onAdd: Add }) {
  const { t } = useTranslation(['inspection', 'indices']);
  const snapshots = useQuery(snapshotsQuery(undefined, 50));
  const frozen = snapshots.data?.items.filter((s) => s.frozen) ?? [];
  const [picked, setPicked] = useState('');
  const id = picked || frozen[0]?.id || '';
  const whole = useQuery(snapshotQuery(id));
  const officers = useQuery({
    ...allOfficerResultsQuery(id),
    enabled: id !== '' && props.officer !== '',
  });
  const [unit, setUnit] = useState('');
  const units = [
    ...(officers.data?.items ?? []).filter((o) => o.officer?.id === props.officer),
    // Of authorities only the one it is about: an officer's own is known to the server alone.
    ...(whole.data?.units ?? []).filter(
      (u) => !u.authority || props.officer !== '' || u.authority.id === props.authority,
    ),
  ];
  const result = units.find((u) => u.id === unit) ?? units[0];
  const snapshot = whole.data?.snapshot;
  if (snapshots.data && frozen.length === 0)
    return <p className={`soft ${css.wide}`}>{t('evidence.noFrozen')}</p>;
  return (
    <>
      <NativeSelect
        name="evidence_snapshot"
        label={t('evidence.snapshot')}
        value={id}
        data={frozen.map((s) => ({
          value: s.id,
          label: t('indices:snapshotName', { ...partsOf(s.quarter), version: s.number }),
        }))}
        onChange={(e) => {
          setPicked(e.currentTarget.value);
          setUnit('');
        }}
      />
      <NativeSelect
        name="evidence_unit"
        label={t('evidence.unit')}
        value={result?.id ?? ''}
        data={units.map((u) => ({
          value: u.id,
          label: u.officer?.full_name ?? (whole.data ? nameOf(u, whole.data) : ''),
        }))}
        onChange={(e) => setUnit(e.currentTarget.value)}
      />
      <Choice
        key={result?.id}
        name="evidence_line"
        label={t('evidence.index')}
        kind="index_line"
        error={snapshots.error ?? whole.error ?? officers.error}
        choices={(result?.lines ?? []).map((line) => ({
          id: line.id,
          text: isIndex(line.index) ? t(`indices:index.${line.index}`) : String(line.index),
          label: snapshot ? `${snapshot.quarter} · ${snapshot.number} · ${line.index}` : '',
        }))}
        onAdd={props.onAdd}
      />
    </>
  );
}
