import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, unwrap } from '@/shared/api/client';
import { formatDateTime, parseBirthDate } from '@/shared/ui/format';
import { Notice } from '@/shared/ui/Notice';
import type { IntakeForm } from './state';

interface Asked {
  procedure_code: string;
  full_name: string;
  identity_number?: string;
  birth_date?: string;
}

/** Who a person is must not stay in memory longer than the form in which it was typed. */
const duplicatesQuery = (asked: Asked) =>
  queryOptions({
    queryKey: ['duplicates', asked],
    queryFn: ({ signal }) => unwrap(api.POST('/api/v1/duplicate-checks', { body: asked, signal })),
    gcTime: 0,
  });

/** What is enough to look for somebody: a whole number, or a name with a birth date. */
export function askFor(form: IntakeForm): Asked | null {
  const { identity_number, full_name, birth_date } = form.owner.values;
  const number = identity_number.replace(/[\s.-]/g, '');
  const birth = parseBirthDate(birth_date);
  const byName = full_name.trim() !== '' && /^\d{4}(-\d{2}-\d{2})?$/.test(birth);
  if (!form.procedureCode || (number.length < 8 && !byName)) return null;
  return {
    procedure_code: form.procedureCode,
    full_name: full_name.trim().slice(0, 200),
    identity_number: number.length < 8 ? undefined : number.slice(0, 30),
    birth_date: byName ? birth : undefined,
  };
}

/** The same value half a second after the last key. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 500);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** A warning beside the button, never in its way: the officer decides whether it is the same matter. */
export function DuplicateNotice({ form }: { form: IntakeForm }) {
  const { t } = useTranslation('intake');
  const asked = useSettled(JSON.stringify(askFor(form)));
  const wanted = JSON.parse(asked) as Asked | null;
  const found = useQuery({
    ...duplicatesQuery(wanted ?? { procedure_code: '', full_name: '' }),
    enabled: wanted !== null,
  });
  const items = wanted ? (found.data?.items ?? []) : [];
  if (items.length === 0) return null;
  return (
    <Notice tone="soon" title={t('duplicates.title')} live>
      <p>{t('duplicates.lead')}</p>
      <ul>
        {items.map((item) => (
          <li key={item.id}>
            <Link to="/dossiers/$id" params={{ id: item.id }}>
              {item.code ?? t('duplicates.unnumbered')}
            </Link>
            <span className="small soft">
              {' '}
              {t(`duplicates.because.${item.because}`)},{' '}
              {t('duplicates.received', { at: formatDateTime(item.received_at) })}
            </span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
