import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkingTimeWords } from '@/features/deadline/TimingText';
import { useWord } from '@/shared/i18n/useWord';
import { formatDate, formatVnd } from '@/shared/ui/format';
import css from './draft.module.css';
import { placeOf } from './order';
import { rateOf } from './rate';
import type { ProcedureData } from './types';

/** Members whose values are words of a closed set, and where the words stand. */
const GROUP_OF: Record<string, string> = {
  certainty: 'catalogue:certainty',
  code_certainty: 'catalogue:certainty',
  unit: 'draft:unit',
  kind: 'draft:kind',
  channel: 'draft:channel',
  due: 'draft:due',
  type: 'draft:rule',
  field_code: 'draft:group',
  online_level: 'catalogue:online',
  supplement_mode: 'catalogue:mode',
  desk: 'dossier:desk',
};

/** What is meant where one of these says nothing; a fee line always says its channel, an exemption need not. */
const ABSENT: Record<string, string> = { due: 'at_collection', channel: 'any' };

/** What a member of a procedure says, as an officer would read it: words, dates and đồng instead of codes. */
export function ValueText({
  path,
  value,
  document,
}: {
  path: string;
  value: unknown;
  document: ProcedureData;
}): ReactNode {
  const { t } = useTranslation('draft');
  const word = useWord();
  const workingTime = useWorkingTimeWords();
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (value === undefined || value === null) {
    const meant = ABSENT[name];
    return (
      <span className="soft">
        {meant ? t('changes.absentMeans', { meant: word(GROUP_OF[name] ?? '', meant) }) : t('changes.absent')}
      </span>
    );
  }
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (typeof value === 'number') {
    if (name.endsWith('_vnd')) return formatVnd(value);
    if (name === 'minutes' && value > 0) return workingTime({ remaining_working_minutes: value });
    if (name === 'basis_points') return `${rateOf(value) || 0}%`;
    return name === 'percent' ? `${value}%` : String(value);
  }
  if (typeof value === 'string') {
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDate(value);
    const group = GROUP_OF[name];
    return group ? word(group, value) : value;
  }
  if (Array.isArray(value)) return <ListText path={path} list={value} document={document} />;
  const members = Object.entries(value as Record<string, unknown>)
    .filter(([key, v]) => key !== 'id' && v !== undefined && v !== null)
    .sort(([a], [b]) => placeOf(a) - placeOf(b));
  return (
    <dl className={css.members}>
      {members.map(([key, v]) => (
        <Fragment key={key}>
          <dt>{word(name === 'flags' ? 'catalogue:flag' : 'draft:member', key)}</dt>
          <dd>
            <ValueText path={`${path}/${key}`} value={v} document={document} />
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** A list of things, or only of their ids where nothing but their order is told. */
function ListText({ path, list, document }: { path: string; list: unknown[]; document: ProcedureData }) {
  let at: unknown = document;
  for (const token of path.split('/').slice(1)) {
    if (Array.isArray(at)) at = (at as { id?: string }[]).find((each) => each.id === token);
    else at = (at as Record<string, unknown> | undefined)?.[token];
  }
  const known = Array.isArray(at) ? (at as { id: string; name?: string; text?: string }[]) : [];
  const nameOf = (id: string) => {
    const item = known.find((each) => each.id === id);
    return item?.name ?? item?.text ?? id;
  };
  return (
    <ol className={css.values}>
      {list.map((each, i) => (
        <li key={i}>
          {typeof each === 'string' ? (
            nameOf(each)
          ) : (
            <ValueText path={`${path}/${i}`} value={each} document={document} />
          )}
        </li>
      ))}
    </ol>
  );
}
