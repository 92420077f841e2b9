import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import type { CalendarSearch } from '@/features/calendar/year';
import { readDossierSearch } from '@/features/dossier/filters';
import { isWorkList } from '@/features/dossier/worklists';
import type { RosterSearch } from '@/features/roster/week';
import { declarationRoutes } from './declarationRoutes';
import { dossierRoutes } from './dossierRoutes';
import { ErrorInside } from './ErrorScreen';
import { feedbackRoutes, publicFeedbackRoutes } from './feedbackRoutes';
import { officer, open, root, workOf } from './guards';
import { indexRoutes } from './indexRoutes';
import { inspectionRoutes } from './inspectionRoutes';
import { moneyRoutes } from './moneyRoutes';
import {
  bookSearch,
  catalogueSearch,
  codeParam,
  counting,
  cursorOnly,
  given,
  handoverSearch,
  registerSearch,
  text,
} from './search';
import { publicSurveyResults, surveyResultRoutes } from './surveyResultRoutes';
import { kioskSurvey, surveyRoutes } from './surveyRoutes';

const signIn = createRoute({
  getParentRoute: () => open,
  path: '/sign-in',
  validateSearch: (raw: Record<string, unknown>): { next?: string } => given({ next: text(raw.next) }),
  component: lazyRouteComponent(() => import('@/routes/sign-in'), 'SignInPage'),
});

const setup = createRoute({
  getParentRoute: () => open,
  path: '/setup',
  component: lazyRouteComponent(() => import('@/routes/setup'), 'SetupPage'),
});

const work = createRoute({
  getParentRoute: () => officer,
  path: '/',
  validateSearch: (raw: Record<string, unknown>) =>
    given({
      list: isWorkList(raw.list) ? raw.list : undefined,
      q: readDossierSearch(raw).q,
      cursor: text(raw.cursor),
    }),
  component: lazyRouteComponent(() => import('@/routes/work'), 'WorkPage'),
});

const intake = createRoute({
  getParentRoute: () => officer,
  path: '/intake',
  beforeLoad: workOf('reception'),
  component: lazyRouteComponent(() => import('@/routes/intake'), 'IntakePage'),
});

const certify = createRoute({
  getParentRoute: () => officer,
  path: '/certify',
  beforeLoad: workOf('reception'),
  component: lazyRouteComponent(() => import('@/routes/certify'), 'CertifyPage'),
});

const certificationBook = createRoute({
  getParentRoute: () => officer,
  path: '/certification-book',
  beforeLoad: workOf('reception', 'leader', 'director', 'inspector'),
  validateSearch: bookSearch,
  component: lazyRouteComponent(() => import('@/routes/certification-book'), 'CertificationBookPage'),
});

const register = createRoute({
  getParentRoute: () => officer,
  path: '/register',
  beforeLoad: workOf('reception', 'leader', 'director', 'inspector'),
  validateSearch: registerSearch,
  component: lazyRouteComponent(() => import('@/routes/register'), 'RegisterPage'),
});

const dossiers = createRoute({
  getParentRoute: () => officer,
  path: '/dossiers',
  validateSearch: readDossierSearch,
  component: lazyRouteComponent(() => import('@/routes/dossiers'), 'DossiersPage'),
});

const deadlines = createRoute({
  getParentRoute: () => officer,
  path: '/deadlines',
  validateSearch: (raw: Record<string, unknown>): { wall?: 1 } =>
    given({ wall: raw.wall === 1 || raw.wall === '1' ? 1 : undefined }),
  component: lazyRouteComponent(() => import('@/routes/deadlines'), 'DeadlinesPage'),
});

const approvals = createRoute({
  getParentRoute: () => officer,
  path: '/approvals',
  beforeLoad: workOf('leader'),
  validateSearch: cursorOnly,
  component: lazyRouteComponent(() => import('@/routes/approvals'), 'ApprovalsPage'),
});

const handBack = createRoute({
  getParentRoute: () => officer,
  path: '/hand-back',
  beforeLoad: workOf('results_desk'),
  component: lazyRouteComponent(() => import('@/routes/hand-back'), 'HandBackPage'),
});

const handoverSheet = createRoute({
  getParentRoute: () => officer,
  path: '/handover-sheet',
  validateSearch: handoverSearch,
  component: lazyRouteComponent(() => import('@/routes/handover-sheet'), 'HandoverSheetPage'),
});

const catalogue = createRoute({
  getParentRoute: () => officer,
  path: '/catalogue',
  validateSearch: catalogueSearch,
  component: lazyRouteComponent(() => import('@/routes/catalogue'), 'CataloguePage'),
});

const procedure = createRoute({
  getParentRoute: () => officer,
  path: '/catalogue/$code',
  params: codeParam,
  component: lazyRouteComponent(() => import('@/routes/procedure'), 'ProcedurePage'),
});

const compareVersions = createRoute({
  getParentRoute: () => officer,
  path: '/catalogue/$code/compare',
  params: codeParam,
  validateSearch: (raw: Record<string, unknown>): { from?: number; to?: number } =>
    given({ from: counting(raw.from), to: counting(raw.to) }),
  component: lazyRouteComponent(() => import('@/routes/compare-versions'), 'CompareVersionsPage'),
});

const drafts = createRoute({
  getParentRoute: () => officer,
  path: '/catalogue-drafts',
  beforeLoad: workOf('admin'),
  validateSearch: cursorOnly,
  component: lazyRouteComponent(() => import('@/routes/drafts'), 'DraftsPage'),
});

const draft = createRoute({
  getParentRoute: () => officer,
  path: '/catalogue-drafts/$id',
  beforeLoad: workOf('admin'),
  component: lazyRouteComponent(() => import('@/routes/draft'), 'DraftPage'),
});

const calendar = createRoute({
  getParentRoute: () => officer,
  path: '/calendar',
  validateSearch: (raw: Record<string, unknown>): CalendarSearch =>
    given({ month: text(raw.month), year: counting(raw.year), day: text(raw.day) }),
  component: lazyRouteComponent(() => import('@/routes/calendar'), 'CalendarPage'),
});

const roster = createRoute({
  getParentRoute: () => officer,
  path: '/roster',
  validateSearch: (raw: Record<string, unknown>): RosterSearch => given({ week: text(raw.week) }),
  component: lazyRouteComponent(() => import('@/routes/roster'), 'RosterPage'),
});

const messages = createRoute({
  getParentRoute: () => officer,
  path: '/messages',
  beforeLoad: workOf('admin'),
  component: lazyRouteComponent(() => import('@/routes/messages'), 'MessagesPage'),
});

const users = createRoute({
  getParentRoute: () => officer,
  path: '/users',
  beforeLoad: workOf('admin'),
  validateSearch: cursorOnly,
  component: lazyRouteComponent(() => import('@/routes/users'), 'UsersPage'),
});

const account = createRoute({
  getParentRoute: () => officer,
  path: '/account',
  component: lazyRouteComponent(() => import('@/routes/account'), 'AccountPage'),
});

const roles = createRoute({
  getParentRoute: () => officer,
  path: '/roles',
  component: lazyRouteComponent(() => import('@/routes/roles'), 'RolesPage'),
});

const delegations = createRoute({
  getParentRoute: () => officer,
  path: '/delegations',
  validateSearch: cursorOnly,
  component: lazyRouteComponent(() => import('@/routes/delegations'), 'DelegationsPage'),
});

const clients = createRoute({
  getParentRoute: () => officer,
  path: '/clients',
  beforeLoad: workOf('admin'),
  validateSearch: cursorOnly,
  component: lazyRouteComponent(() => import('@/routes/clients'), 'ClientsPage'),
});

const dataRequests = createRoute({
  getParentRoute: () => officer,
  path: '/data-requests',
  beforeLoad: workOf('reception', 'director', 'inspector'),
  validateSearch: cursorOnly,
  component: lazyRouteComponent(() => import('@/routes/data-requests'), 'DataRequestsPage'),
});

const audit = createRoute({
  getParentRoute: () => officer,
  path: '/audit',
  beforeLoad: workOf('admin', 'director', 'inspector'),
  validateSearch: (raw: Record<string, unknown>): { subject?: string; cursor?: string } =>
    given({ subject: text(raw.subject), cursor: text(raw.cursor) }),
  component: lazyRouteComponent(() => import('@/routes/audit'), 'AuditPage'),
});

const retention = createRoute({
  getParentRoute: () => officer,
  path: '/retention',
  beforeLoad: workOf('admin', 'leader', 'director', 'inspector'),
  validateSearch: (raw: Record<string, unknown>): { list?: string; cursor?: string } =>
    given({ list: text(raw.list), cursor: text(raw.cursor) }),
  component: lazyRouteComponent(() => import('@/routes/retention'), 'RetentionPage'),
});

const organisation = createRoute({
  getParentRoute: () => officer,
  path: '/organisation',
  beforeLoad: workOf('admin'),
  component: lazyRouteComponent(() => import('@/routes/organisation'), 'OrganisationPage'),
});

const catalogueFile = createRoute({
  getParentRoute: () => officer,
  path: '/catalogue-file',
  beforeLoad: workOf('admin'),
  component: lazyRouteComponent(() => import('@/routes/catalogue-file'), 'CatalogueFilePage'),
});

const catalogueFigures = createRoute({
  getParentRoute: () => officer,
  path: '/catalogue-figures',
  validateSearch: cursorOnly,
  component: lazyRouteComponent(() => import('@/routes/catalogue-figures'), 'CatalogueFiguresPage'),
});

const listingAudit = createRoute({
  getParentRoute: () => officer,
  path: '/listing-audit',
  component: lazyRouteComponent(() => import('@/routes/listing-audit'), 'ListingAuditPage'),
});

const lookup = createRoute({
  getParentRoute: () => open,
  path: '/tra-cuu',
  validateSearch: (raw: Record<string, unknown>): { ma?: string } => given({ ma: text(raw.ma) }),
  component: lazyRouteComponent(() => import('@/routes/lookup'), 'LookupPage'),
});

const publicCatalogue = createRoute({
  getParentRoute: () => open,
  path: '/thu-tuc',
  validateSearch: catalogueSearch,
  component: lazyRouteComponent(() => import('@/routes/public-catalogue'), 'PublicCataloguePage'),
});

const publicProcedure = createRoute({
  getParentRoute: () => open,
  path: '/thu-tuc/$code',
  params: codeParam,
  component: lazyRouteComponent(() => import('@/routes/public-procedure'), 'PublicProcedurePage'),
});

const publicBoard = createRoute({
  getParentRoute: () => open,
  path: '/niem-yet',
  component: lazyRouteComponent(() => import('@/routes/public-board'), 'PublicBoardPage'),
});

const routeTree = root.addChildren([
  officer.addChildren([
    work,
    intake,
    certify,
    certificationBook,
    register,
    ...indexRoutes,
    ...inspectionRoutes,
    handoverSheet,
    ...moneyRoutes,
    ...feedbackRoutes,
    ...surveyRoutes,
    ...surveyResultRoutes,
    dossiers,
    deadlines,
    ...declarationRoutes,
    ...dossierRoutes,
    approvals,
    handBack,
    catalogue,
    procedure,
    compareVersions,
    drafts,
    draft,
    calendar,
    roster,
    messages,
    users,
    account,
    roles,
    delegations,
    clients,
    dataRequests,
    audit,
    retention,
    organisation,
    catalogueFile,
    catalogueFigures,
    listingAudit,
  ]),
  open.addChildren([
    signIn,
    setup,
    lookup,
    publicCatalogue,
    publicProcedure,
    publicBoard,
    ...publicFeedbackRoutes,
    publicSurveyResults,
  ]),
  kioskSurvey,
]);

export const createAppRouter = (queries: QueryClient) =>
  createRouter({
    routeTree,
    context: { queries },
    defaultPreload: 'intent',
    defaultErrorComponent: ErrorInside,
    scrollRestoration: true,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
  /** What one page tells the next without writing it into the address. */
  interface HistoryState {
    /** Who is about to sign in. */
    username?: string;
    /** The version that was just published. */
    published?: { name: string; version: number; from: string };
  }
}
