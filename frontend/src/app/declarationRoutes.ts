import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readDeclarationSearch } from '@/features/declaration/words';
import { officer, workOf } from './guards';

const list = createRoute({
  getParentRoute: () => officer,
  path: '/declarations',
  beforeLoad: workOf('reception'),
  validateSearch: readDeclarationSearch,
  component: lazyRouteComponent(() => import('@/routes/declarations'), 'DeclarationsPage'),
});

const one = createRoute({
  getParentRoute: () => officer,
  path: '/declarations/$id',
  component: lazyRouteComponent(() => import('@/routes/declaration'), 'DeclarationPage'),
});

const readBack = createRoute({
  getParentRoute: () => officer,
  path: '/declarations/$id/read-back',
  beforeLoad: workOf('reception'),
  component: lazyRouteComponent(() => import('@/routes/declaration-read-back'), 'DeclarationReadBackPage'),
});

/** What is written for citizens, and the screen on which they hear and sign it. */
export const declarationRoutes = [list, one, readBack] as const;
