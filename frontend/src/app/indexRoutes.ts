import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { officer, workOf } from './guards';
import { cursorOnly, lineSearch } from './search';

const indices = createRoute({
  getParentRoute: () => officer,
  path: '/indices',
  beforeLoad: workOf('leader', 'director', 'inspector'),
  validateSearch: cursorOnly,
  component: lazyRouteComponent(() => import('@/routes/indices'), 'IndicesPage'),
});

const makeIndices = createRoute({
  getParentRoute: () => officer,
  path: '/indices/new',
  beforeLoad: workOf('director'),
  component: lazyRouteComponent(() => import('@/routes/indices-make'), 'MakeIndicesPage'),
});

const indexSnapshot = createRoute({
  getParentRoute: () => officer,
  path: '/indices/$id',
  beforeLoad: workOf('leader', 'director', 'inspector'),
  component: lazyRouteComponent(() => import('@/routes/index-snapshot'), 'IndexSnapshotPage'),
});

// Officers open what stands behind their own figures.
const indexLine = createRoute({
  getParentRoute: () => officer,
  path: '/indices/$id/lines/$line',
  validateSearch: lineSearch,
  component: lazyRouteComponent(() => import('@/routes/index-line'), 'IndexLinePage'),
});

const ownResults = createRoute({
  getParentRoute: () => officer,
  path: '/my-results',
  validateSearch: cursorOnly,
  component: lazyRouteComponent(() => import('@/routes/own-results'), 'OwnResultsPage'),
});

/** The pages of the indices. */
export const indexRoutes = [indices, makeIndices, indexSnapshot, indexLine, ownResults] as const;
