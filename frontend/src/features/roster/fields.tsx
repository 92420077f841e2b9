import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { colleaguesQuery } from '@/features/account/api';
import { timeFrom } from '@/features/calendar/hours';
import type { Duty } from '@/shared/api/types';
import { helpBelow } from '@/shared/ui/helpBelow';
import { timesOf } from './useWords';
import { byGivenName } from './week';

/** Somebody of the centre; who is at another counter then is said so. */
export function PersonField(props: {
  label: string;
  name: string;
  value: string;
  none: string;
  description?: string;
  required?: boolean;
  error?: string;
  /** Who is not to be offered. */
  without?: (string | undefined)[];
  /** Who was named as substitute: offered first. */
  named?: string;
  busy?: Map<string, Duty>;
  autoFocus?: boolean;
  onChange: (id: string) => void;
}) {
  const { t } = useTranslation('roster');
  const all = useQuery(colleaguesQuery()).data?.items ?? [];
  const offered = byGivenName(all.filter((c) => !props.without?.includes(c.id)));
  const first = offered.filter((c) => c.id === props.named);
  const sorted = [
    ...first,
    ...offered.filter((c) => c.id !== props.named && !props.busy?.has(c.id)),
    ...offered.filter((c) => c.id !== props.named && props.busy?.has(c.id)),
  ];
  const labelOf = ({ id, full_name: name, title }: (typeof all)[number]) => {
    const busy = props.busy?.get(id);
    if (busy) return t('duty.busy', { name, times: timesOf(busy) });
    if (id === props.named) return t('duty.named', { name });
    // Two of one name are told apart by what they are.
    const same = all.filter((c) => c.full_name === name).length > 1;
    return same && title ? `${name} – ${title}` : name;
  };
  return (
    <NativeSelect
      required={props.required}
      label={props.label}
      name={props.name}
      description={props.description}
      inputWrapperOrder={helpBelow}
      value={props.value}
      error={props.error}
      data-autofocus={props.autoFocus || undefined}
      autoFocus={props.autoFocus}
      onChange={(e) => props.onChange(e.currentTarget.value)}
      data={[{ value: '', label: props.none }, ...sorted.map((c) => ({ value: c.id, label: labelOf(c) }))]}
    />
  );
}

/** An hour as it is typed: "7h30" is put right when it is left. */
export function TimeField(props: {
  label: string;
  name: string;
  value: string;
  description?: string;
  required?: boolean;
  error?: string;
  onChange: (typed: string) => void;
}) {
  const { t } = useTranslation('catalogue');
  return (
    <TextInput
      required={props.required}
      label={props.label}
      name={props.name}
      description={props.description}
      inputWrapperOrder={helpBelow}
      placeholder={t('calendar.hours.timeHint')}
      inputMode="numeric"
      autoComplete="off"
      maxLength={8}
      value={props.value}
      error={props.error}
      onChange={(e) => props.onChange(e.currentTarget.value)}
      onBlur={() => {
        const read = timeFrom(props.value);
        if (read && read !== props.value) props.onChange(read);
      }}
    />
  );
}
