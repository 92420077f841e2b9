import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouter, useRouterState } from '@tanstack/react-router';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import { useLiveUpdates } from '@/shared/api/live';
import { getStatus, subscribe } from '@/shared/api/session';
import type { Me, Role } from '@/shared/api/types';
import { Icon, type IconName } from '@/shared/ui/Icon';
import { LanguageSwitch } from '@/shared/ui/LanguageSwitch';
import { AccountMenu } from './AccountMenu';
import { Brand } from './Brand';
import { OfflineNotice } from './OfflineNotice';
import css from './shell.module.css';

/** How long after the first page the others' code is fetched. */
const WARM_UP_MS = 2_000;

/** Where one can go, and whose work it is (neither roles nor permissions: everyone's). */
const places = [
  { to: '/', key: 'work', icon: 'work', not: ['admin'] },
  { to: '/intake', key: 'intake', icon: 'intake', only: ['reception'] },
  { to: '/declarations', key: 'declarations', icon: 'edit', only: ['reception'] },
  { to: '/certify', key: 'certify', icon: 'stamp', only: ['reception'] },
  { to: '/approvals', key: 'approvals', icon: 'sign', only: ['leader'] },
  { to: '/hand-back', key: 'handBack', icon: 'handBack', only: ['results_desk'] },
  {
    to: '/handover-sheet',
    key: 'handoverSheet',
    icon: 'handover',
    only: ['reception', 'handler', 'leader', 'results_desk'],
  },
  { to: '/till', key: 'till', icon: 'card', only: ['cashier'] },
  { to: '/closing', key: 'closing', icon: 'lock', only: ['cashier', 'director', 'inspector', 'admin'] },
  { to: '/dossiers', key: 'dossiers', icon: 'folder', not: ['admin'] },
  { to: '/deadlines', key: 'deadlines', icon: 'late' },
  {
    to: '/certification-book',
    key: 'certificationBook',
    icon: 'register',
    only: ['reception', 'leader', 'director', 'inspector'],
  },
  {
    to: '/register',
    key: 'register',
    icon: 'sheet',
    only: ['reception', 'leader', 'director', 'inspector'],
  },
  { to: '/indices', key: 'indices', icon: 'sheet', only: ['leader', 'director', 'inspector'] },
  {
    to: '/money',
    key: 'money',
    icon: 'card',
    only: ['cashier', 'leader', 'director', 'inspector', 'admin'],
  },
  {
    to: '/statements',
    key: 'statements',
    icon: 'register',
    only: ['cashier', 'leader', 'director', 'inspector', 'admin'],
  },
  {
    to: '/sheets',
    key: 'sheets',
    icon: 'sheet',
    only: ['cashier', 'leader', 'director', 'inspector', 'admin'],
  },
  {
    to: '/receipts',
    key: 'receipts',
    icon: 'receipt',
    only: ['cashier', 'leader', 'director', 'inspector', 'admin'],
  },
  {
    to: '/feedback',
    key: 'feedback',
    icon: 'send',
    only: ['reception', 'leader', 'director', 'inspector'],
  },
  {
    to: '/denunciations',
    key: 'denunciations',
    icon: 'lock',
    may: ['denunciations.handle', 'denunciations.appoint'],
  },
  { to: '/obstacles', key: 'obstacles', icon: 'late', may: ['obstacles.read'] },
  { to: '/inspections', key: 'inspections', icon: 'search', may: ['inspections.work'], group: 'inspection' },
  { to: '/findings', key: 'findings', icon: 'check', may: ['findings.read'], group: 'inspection' },
  {
    to: '/conduct-records',
    key: 'conductRecords',
    icon: 'user',
    may: ['findings.read'],
    group: 'inspection',
  },
  { to: '/catalogue', key: 'catalogue', icon: 'book' },
  { to: '/calendar', key: 'calendar', icon: 'calendar' },
  { to: '/roster', key: 'roster', icon: 'clock' },
  { to: '/surveys/results', key: 'surveyResults', icon: 'chart', group: 'surveys' },
  { to: '/surveys/mine', key: 'ownSurveyResults', icon: 'user', not: ['admin'], group: 'surveys' },
  {
    to: '/surveys/remarks',
    key: 'surveyRemarks',
    icon: 'speech',
    only: ['leader', 'director', 'inspector'],
    group: 'surveys',
  },
  {
    to: '/surveys/samples',
    key: 'surveySamples',
    icon: 'people',
    only: ['director', 'inspector'],
    group: 'surveys',
  },
  {
    to: '/surveys/questionnaires',
    key: 'questionnaires',
    icon: 'edit',
    only: ['admin'],
    group: 'surveys',
  },
  { to: '/surveys/devices', key: 'surveyDevices', icon: 'screen', only: ['admin'], group: 'surveys' },
  {
    to: '/data-requests',
    key: 'dataRequests',
    icon: 'eye',
    only: ['reception', 'director', 'inspector'],
  },
  {
    to: '/retention',
    key: 'retention',
    icon: 'clock',
    only: ['admin', 'leader', 'director', 'inspector'],
  },
  { to: '/audit', key: 'audit', icon: 'register', only: ['admin', 'director', 'inspector'] },
  { to: '/messages', key: 'messages', icon: 'send', only: ['admin'] },
  { to: '/organisation', key: 'organisation', icon: 'folder', only: ['admin'] },
  { to: '/users', key: 'users', icon: 'people', only: ['admin'] },
] as const satisfies {
  to: string;
  key: string;
  icon: IconName;
  only?: Role[];
  not?: Role[];
  may?: string[];
  group?: PlaceGroup;
}[];

const groupIcons = { surveys: 'chart', inspection: 'search' } as const satisfies Record<string, IconName>;
/** Places that belong together fold away while one is elsewhere. */
type PlaceGroup = keyof typeof groupIcons;
type Place = (typeof places)[number];

function placesFor({ roles: held, permissions }: Me) {
  const roles = held.map((r) => r.role);
  return places.filter((place) => {
    if ('may' in place) return (place.may as readonly string[]).some((p) => permissions.includes(p));
    if ('only' in place) return (place.only as readonly Role[]).some((role) => roles.includes(role));
    if ('not' in place) return !roles.every((role) => (place.not as readonly Role[]).includes(role));
    return true;
  });
}

/** Places in their order; those of a group together, where the first of them stands. */
function grouped(shown: Place[]): (Place | { group: PlaceGroup; places: Place[] })[] {
  const out: ReturnType<typeof grouped> = [];
  for (const place of shown) {
    const group = 'group' in place ? place.group : undefined;
    const known = group && out.find((o) => 'places' in o && o.group === group);
    if (known && 'places' in known) known.places.push(place);
    else out.push(group ? { group, places: [place] } : place);
  }
  return out;
}

function PlaceLink({ place }: { place: Place }) {
  const { t } = useTranslation();
  return (
    <Link to={place.to} className={css.place} activeOptions={{ exact: place.to === '/' }}>
      <Icon name={place.icon} />
      {t(`nav.${place.key}`)}
    </Link>
  );
}

/** Open while one is at one of its places, or has opened it. */
function PlaceGroupItem({ group, places }: { group: PlaceGroup; places: Place[] }) {
  const { t } = useTranslation();
  const here = useRouterState({ select: (s) => places.some((p) => s.location.pathname.startsWith(p.to)) });
  const [open, setOpen] = useState(here);
  useEffect(() => {
    if (here) setOpen(true);
  }, [here]);
  return (
    <details className={css.group} open={open} onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary className={css.place}>
        <Icon name={groupIcons[group]} />
        {t(`nav.group.${group}`)}
        <Icon name="right" size={14} />
      </summary>
      <ul className="plain">
        {places.map((place) => (
          <li key={place.to}>
            <PlaceLink place={place} />
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Around every officer's page: where one is, who one is, and the way out. */
export function Shell() {
  const { t } = useTranslation();
  const me = useQuery(meQuery()).data;
  const queries = useQueryClient();
  const navigate = useNavigate();
  const status = useSyncExternalStore(subscribe, getStatus);
  const path = useRouterState({ select: (s) => s.location.pathname });
  // On the wall, and before the payer, nobody presses anything, and a citizen finds no menu where something is read
  // back to them: the page has the screen to itself.
  const alone = useRouterState({
    select: ({ location }) =>
      location.pathname === '/till/screen' ||
      /^\/declarations\/[^/]+\/read-back$/.test(location.pathname) ||
      (location.pathname === '/deadlines' && (location.search as { wall?: unknown }).wall === 1),
  });
  const [menu, setMenu] = useState(false);
  useLiveUpdates();

  // The session ended, here or elsewhere: nothing of it may stay on the screen.
  useEffect(() => {
    if (status !== 'signed_out') return;
    queries.clear();
    void navigate({ to: '/sign-in', search: {} });
  }, [status, queries, navigate]);

  useEffect(() => setMenu(false), [path]);

  // Fetch the code of the other pages while nothing is asked for, so that they open at once, also on a bad line.
  const router = useRouter();
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const route of Object.values(router.routesById)) void router.loadRouteChunk(route);
    }, WARM_UP_MS);
    return () => clearTimeout(timer);
  }, [router]);

  if (!me) return null;
  if (alone)
    return (
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
    );
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#main">
        {t('skip')}
      </a>
      <header className={`${css.rail} no-print`} data-open={menu || undefined}>
        <div className={css.railTop}>
          <Link to="/" className={css.home}>
            <Brand />
          </Link>
          <button
            type="button"
            className={css.menuButton}
            aria-expanded={menu}
            aria-controls="menu"
            onClick={() => setMenu(!menu)}
          >
            <Icon name={menu ? 'cross' : 'menu'} size={22} />
            {t('nav.menu')}
          </button>
        </div>
        <div id="menu" className={css.menu}>
          <nav aria-label={t('nav.main')}>
            <ul className="plain">
              {grouped(placesFor(me)).map((item) =>
                'places' in item ? (
                  <li key={item.group}>
                    <PlaceGroupItem {...item} />
                  </li>
                ) : (
                  <li key={item.to}>
                    <PlaceLink place={item} />
                  </li>
                ),
              )}
            </ul>
          </nav>
          <div className={css.railFoot}>
            <AccountMenu me={me} />
            <LanguageSwitch dark />
          </div>
        </div>
      </header>
      <div className={css.content}>
        <OfflineNotice />
        <main id="main" tabIndex={-1} className={css.main}>
          <Outlet />
        </main>
      </div>
    </div>
  );
}
