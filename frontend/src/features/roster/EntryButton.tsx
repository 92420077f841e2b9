import { useTranslation } from 'react-i18next';
import { DayMark } from '@/features/calendar/Legend';
import { Icon } from '@/shared/ui/Icon';
import css from './roster.module.css';
import { timesOf } from './useWords';
import { concerns, expectedAt, type Entry } from './week';

/** What an entry says, piece by piece. */
function useSaid(entry: Entry, me: string) {
  const { t } = useTranslation('roster');
  const said = {
    times: timesOf(entry.kind === 'gap' ? entry.gap : entry.duty),
    name: t('entry.gap'),
    missing: null as string | null,
    notes: [] as string[],
    service: (entry.kind === 'gap' ? entry.gap : entry.duty).kind === 'service',
    served: false,
    own: false,
  };
  if (entry.kind === 'gap') return said;
  const { duty, gap } = entry;
  const expected = expectedAt(duty);
  said.name = expected.full_name;
  said.served = duty.served;
  said.own = concerns(duty, me);
  if (gap?.reason === 'not_here') said.missing = t('entry.gone');
  else if (gap || duty.away) said.missing = t('entry.away');
  if (duty.stand_in) said.notes.push(t('entry.standsIn', { name: duty.user.full_name }));
  if (duty.substitute?.id === me && expected.id !== me)
    said.notes.push(t('entry.substitute', { name: duty.substitute.full_name }));
  return said;
}

/** Somebody at a counter, or nobody: told by words and a sign, never by colour alone. */
export function EntryButton(props: {
  entry: Entry;
  /** Which day and counter, for who cannot see where it stands. */
  where: string;
  me: string;
  past: boolean;
  opens: boolean;
  stop: boolean;
  onOpen: () => void;
}) {
  const { t } = useTranslation('roster');
  const { entry } = props;
  const said = useSaid(entry, props.me);
  const looks = {
    className: css.entry,
    'data-empty': entry.kind === 'gap' || said.missing !== null || undefined,
    'data-past': props.past || undefined,
    'data-service': said.service || undefined,
    'data-own': said.own || undefined,
  };
  const inside = (
    <>
      <span className={css.times}>{said.times}</span>{' '}
      <span className={css.who}>
        {entry.kind === 'gap' && <Icon name="late" size={15} />}
        {said.name}
      </span>{' '}
      {said.missing && (
        <span className={css.missing}>
          <Icon name="late" size={15} />
          {said.missing}
        </span>
      )}{' '}
      {said.notes.map((note) => (
        <span key={note} className={css.note}>
          {note}{' '}
        </span>
      ))}
      {said.service && (
        <span className={css.note}>
          <DayMark mark="service" />
          {t('entry.service')}
        </span>
      )}{' '}
      {said.served && (
        <span className={css.note}>
          <Icon name="check" size={14} />
          {t('entry.served')}
        </span>
      )}
    </>
  );
  if (!props.opens) return <div {...looks}>{inside}</div>;
  // As it is read, so that whoever speaks to the computer can say what is seen.
  const words = [
    said.times,
    said.name,
    said.missing,
    ...said.notes,
    said.service && t('entry.service'),
    said.served && t('entry.served'),
    said.own && t('entry.own'),
  ];
  return (
    <button
      type="button"
      {...looks}
      data-entry={entry.key}
      aria-haspopup="dialog"
      aria-label={`${props.where}, ${words.filter(Boolean).join(' ')}`}
      tabIndex={props.stop ? 0 : -1}
      onClick={props.onOpen}
    >
      {inside}
    </button>
  );
}

export function Legend({ gaps }: { gaps: boolean }) {
  const { t } = useTranslation('roster');
  return (
    <ul className={css.legend} aria-label={t('legend.title')}>
      <li>
        <span className={css.sample} />
        {t('legend.counted')}
      </li>
      <li>
        <span className={css.sample} data-service>
          <DayMark mark="service" />
        </span>
        {t('legend.service')}
      </li>
      {gaps && (
        <li>
          <span className={css.sample} data-empty>
            <Icon name="late" size={13} />
          </span>
          {t('legend.gap')}
        </li>
      )}
      <li>
        <span className={css.sample} data-own />
        {t('legend.own')}
      </li>
    </ul>
  );
}
