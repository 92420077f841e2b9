import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { ObstacleSearch } from '@/features/feedback/ObstaclesScreen';
import { isObstacleState, readFeedbackSearch } from '@/features/feedback/words';
import { mayDo, officer, open, workOf } from './guards';
import { cursorOnly, given, text } from './search';

const list = createRoute({
  getParentRoute: () => officer,
  path: '/feedback',
  beforeLoad: workOf('reception', 'leader', 'director', 'inspector'),
  validateSearch: readFeedbackSearch,
  component: lazyRouteComponent(() => import('@/routes/feedback'), 'FeedbackPage'),
});

const receive = createRoute({
  getParentRoute: () => officer,
  path: '/feedback/new',
  beforeLoad: workOf('reception', 'director'),
  component: lazyRouteComponent(() => import('@/routes/feedback-new'), 'NewFeedbackPage'),
});

const item = createRoute({
  getParentRoute: () => officer,
  path: '/feedback/$id',
  beforeLoad: workOf('reception', 'leader', 'director', 'inspector'),
  component: lazyRouteComponent(() => import('@/routes/feedback-item'), 'FeedbackItemPage'),
});

const denunciations = createRoute({
  getParentRoute: () => officer,
  path: '/denunciations',
  beforeLoad: mayDo('denunciations.handle', 'denunciations.appoint'),
  validateSearch: cursorOnly,
  component: lazyRouteComponent(() => import('@/routes/denunciations'), 'DenunciationsPage'),
});

const denunciation = createRoute({
  getParentRoute: () => officer,
  path: '/denunciations/$id',
  beforeLoad: mayDo('denunciations.handle'),
  component: lazyRouteComponent(() => import('@/routes/denunciation'), 'DenunciationPage'),
});

const obstacles = createRoute({
  getParentRoute: () => officer,
  path: '/obstacles',
  beforeLoad: mayDo('obstacles.read'),
  validateSearch: (raw: Record<string, unknown>): ObstacleSearch =>
    given({ state: isObstacleState(raw.state) ? raw.state : undefined, cursor: text(raw.cursor) }),
  component: lazyRouteComponent(() => import('@/routes/obstacles'), 'ObstaclesPage'),
});

const obstacle = createRoute({
  getParentRoute: () => officer,
  path: '/obstacles/$id',
  beforeLoad: mayDo('obstacles.read'),
  component: lazyRouteComponent(() => import('@/routes/obstacle'), 'ObstaclePage'),
});

export const feedbackRoutes = [list, receive, item, denunciations, denunciation, obstacles, obstacle];

const file = createRoute({
  getParentRoute: () => open,
  path: '/gop-y',
  // The QR code at a counter says that it is one.
  validateSearch: (raw: Record<string, unknown>): { qr?: 1 } =>
    given({ qr: raw.qr === 1 || raw.qr === '1' ? 1 : undefined }),
  component: lazyRouteComponent(() => import('@/routes/public-feedback'), 'FilePage'),
});

const filedLookup = createRoute({
  getParentRoute: () => open,
  path: '/gop-y/tra-loi',
  component: lazyRouteComponent(() => import('@/routes/public-feedback'), 'FiledLookupPage'),
});

const published = createRoute({
  getParentRoute: () => open,
  path: '/gop-y/cong-khai',
  validateSearch: cursorOnly,
  component: lazyRouteComponent(() => import('@/routes/public-feedback'), 'PublishedPage'),
});

export const publicFeedbackRoutes = [file, filedLookup, published];
