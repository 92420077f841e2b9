import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { officer, workOf } from './guards';
import { counting, cursorOnly, dossierSearch, given } from './search';

const dossier = createRoute({
  getParentRoute: () => officer,
  path: '/dossiers/$id',
  validateSearch: dossierSearch,
  component: lazyRouteComponent(() => import('@/routes/dossier'), 'DossierPage'),
});

const slip = createRoute({
  getParentRoute: () => officer,
  path: '/dossiers/$id/slip',
  validateSearch: (raw: Record<string, unknown>): { number?: number } =>
    given({ number: counting(raw.number) }),
  component: lazyRouteComponent(() => import('@/routes/slip'), 'SlipPage'),
});

const amend = createRoute({
  getParentRoute: () => officer,
  path: '/dossiers/$id/amend',
  beforeLoad: workOf('reception'),
  component: lazyRouteComponent(() => import('@/routes/amend'), 'AmendPage'),
});

const personalDataViews = createRoute({
  getParentRoute: () => officer,
  path: '/dossiers/$id/views',
  beforeLoad: workOf('leader', 'director', 'inspector'),
  validateSearch: cursorOnly,
  component: lazyRouteComponent(() => import('@/routes/personal-data-views'), 'PersonalDataViewsPage'),
});

/** The pages of one dossier. */
export const dossierRoutes = [dossier, slip, amend, personalDataViews] as const;
