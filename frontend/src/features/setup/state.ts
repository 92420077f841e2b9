import type { SecondFactorPolicy, SetUp } from '@/shared/api/types';
import { foldVi } from '@/shared/ui/fold';

/** `null` stands for what follows from the commune's name, until something else is typed. */
type Suggested = string | null;

export interface AuthorityForm {
  /** Which row it is, however many are taken away before it. */
  id: number;
  name: Suggested;
  code: Suggested;
  e_code: string;
}

export const times = ['morning_from', 'morning_to', 'afternoon_from', 'afternoon_to'] as const;
type Time = (typeof times)[number];

export interface SetupForm {
  setup_code: string;
  centre: {
    commune: string;
    province: string;
    name: Suggested;
    code: Suggested;
    e_code: string;
    address: string;
    phone: string;
  };
  /** Its own mark, in base64; empty: none. */
  logo: string;
  authorities: AuthorityForm[];
  hours: Record<Time, string> & { saturday_morning: boolean };
  /** Who must sign in with a second factor. */
  secondFactor: SecondFactorPolicy;
  administrator: { full_name: string; username: string; password: string; again: string };
}

/** The most authorities the server takes. */
export const MOST_AUTHORITIES = 50;
const SHORTEST_PASSWORD = 10;

export const emptyForm = (): SetupForm => ({
  setup_code: '',
  centre: { commune: '', province: '', name: null, code: null, e_code: '', address: '', phone: '' },
  logo: '',
  authorities: [{ id: 0, name: null, code: null, e_code: '' }],
  hours: {
    morning_from: '07:30',
    morning_to: '11:30',
    afternoon_from: '13:30',
    afternoon_to: '17:30',
    saturday_morning: false,
  },
  secondFactor: 'optional',
  administrator: { full_name: '', username: '', password: '', again: '' },
});

/** Another row: nothing is known of it. */
export const addAuthority = (form: SetupForm): SetupForm => ({
  ...form,
  authorities: [
    ...form.authorities,
    { id: Math.max(...form.authorities.map((a) => a.id)) + 1, name: '', code: '', e_code: '' },
  ],
});

const KIND = /^(phường|xã|thị trấn|đặc khu)(?=\s)/i;
const CODE_LENGTH = 32;
const plain = (text: string) =>
  foldVi(text)
    .replace(/[^a-z0-9]/g, '')
    .slice(0, CODE_LENGTH);

/**
 * What most probably follows from "Phường Hoàn Kiếm": proper names, which stand in documents and are Vietnamese
 * whatever the language of the screen.
 */
export function suggestions(commune: string) {
  const whole = commune.trim().normalize('NFC').replace(/\s+/g, ' ');
  if (whole === '') return { centreName: '', centreCode: '', authorityName: '', authorityCode: '' };
  const inside = whole.replace(KIND, (kind) => kind.toLowerCase());
  const own = whole.replace(KIND, '').trim();
  const initials = plain(
    own
      .split(' ')
      .map((word) => word.slice(0, 1))
      .join(''),
  );
  const code = plain(own).length > 1 ? plain(own) : plain(whole);
  return {
    centreName: `Trung tâm Phục vụ hành chính công ${inside}`,
    centreCode: code,
    authorityName: `Ủy ban nhân dân ${inside}`,
    authorityCode: initials.length > 1 ? initials : code,
  };
}

/** A time of day however it is typed (7h30, 7:30, 730) as the server wants it; null: it is none. */
export function readTime(text: string): string | null {
  const found = /^(\d{1,2})\s*(?:[:.hg]\s*)?(\d{2})$|^(\d{1,2})\s*[hg:]?$/i.exec(text.trim());
  if (!found) return null;
  const hour = Number(found[1] ?? found[3]);
  const minute = Number(found[2] ?? 0);
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** What is sent: the suggestions where nothing else was typed. */
export function toSetUp(form: SetupForm): SetUp {
  const from = suggestions(form.centre.commune);
  const { centre, hours, administrator } = form;
  const time = (which: Time) => readTime(hours[which]) ?? hours[which].trim();
  return {
    setup_code: form.setup_code.trim(),
    centre: {
      code: (centre.code ?? from.centreCode).trim(),
      name: (centre.name ?? from.centreName).trim(),
      e_code: centre.e_code.trim(),
      province: centre.province.trim(),
      commune: centre.commune.trim(),
      address: centre.address.trim() || undefined,
      phone: centre.phone.trim() || undefined,
    },
    logo: form.logo || undefined,
    authorities: form.authorities.map((a) => ({
      code: (a.code ?? from.authorityCode).trim(),
      name: (a.name ?? from.authorityName).trim(),
      e_code: a.e_code.trim(),
    })),
    hours: {
      morning_from: time('morning_from'),
      morning_to: time('morning_to'),
      afternoon_from: time('afternoon_from'),
      afternoon_to: time('afternoon_to'),
      saturday_morning: hours.saturday_morning,
    },
    second_factor: form.secondFactor,
    administrator: {
      username: administrator.username.trim(),
      full_name: administrator.full_name.trim(),
      password: administrator.password,
    },
  };
}

export type Lack = 'required' | 'time' | 'order' | 'short' | 'differs';

/** What can be said without asking the server, by the field's pointer. */
export function lacks(form: SetupForm): Record<string, Lack> {
  const out: Record<string, Lack> = {};
  const body = toSetUp(form);
  const must = (pointer: string, value: string) => {
    if (value === '') out[pointer] = 'required';
  };
  must('setup_code', body.setup_code);
  for (const key of ['commune', 'province', 'name', 'code', 'e_code'] as const)
    must(`centre/${key}`, body.centre[key]);
  for (const [i, authority] of body.authorities.entries())
    for (const key of ['name', 'code', 'e_code'] as const) must(`authorities/${i}/${key}`, authority[key]);
  for (const [i, key] of times.entries()) {
    const time = readTime(form.hours[key]);
    const before = i > 0 ? readTime(form.hours[times[i - 1] ?? key]) : null;
    // The afternoon may follow the morning without a break.
    const early =
      key === 'afternoon_from' ? before && time && time < before : before && time && time <= before;
    if (time === null) out[`hours/${key}`] = 'time';
    else if (early) out[`hours/${key}`] = 'order';
  }
  must('administrator/full_name', body.administrator.full_name);
  must('administrator/username', body.administrator.username);
  const { password, again } = form.administrator;
  if ([...password].length < SHORTEST_PASSWORD) out['administrator/password'] = 'short';
  else if (again !== password) out['administrator/again'] = 'differs';
  return out;
}
