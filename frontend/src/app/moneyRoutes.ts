import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { officer, workOf } from './guards';
import { cursorOnly, moneySearch, receiptSearch, sheetSearch, statementSearch, tillSearch } from './search';

const till = createRoute({
  getParentRoute: () => officer,
  path: '/till',
  beforeLoad: workOf('cashier'),
  validateSearch: tillSearch,
  component: lazyRouteComponent(() => import('@/routes/till'), 'TillPage'),
});

const tillScreen = createRoute({
  getParentRoute: () => officer,
  path: '/till/screen',
  beforeLoad: workOf('cashier'),
  component: lazyRouteComponent(() => import('@/routes/till-screen'), 'TillScreenPage'),
});

const closings = createRoute({
  getParentRoute: () => officer,
  path: '/closing',
  beforeLoad: workOf('cashier', 'director', 'inspector', 'admin'),
  validateSearch: cursorOnly,
  component: lazyRouteComponent(() => import('@/routes/closing'), 'ClosingsPage'),
});

const closing = createRoute({
  getParentRoute: () => officer,
  path: '/closing/$id',
  beforeLoad: workOf('cashier', 'director', 'inspector', 'admin'),
  component: lazyRouteComponent(() => import('@/routes/till-closing'), 'ClosingPage'),
});

const money = createRoute({
  getParentRoute: () => officer,
  path: '/money',
  beforeLoad: workOf('cashier', 'leader', 'director', 'inspector', 'admin'),
  validateSearch: moneySearch,
  component: lazyRouteComponent(() => import('@/routes/money'), 'MoneyPage'),
});

const statements = createRoute({
  getParentRoute: () => officer,
  path: '/statements',
  beforeLoad: workOf('cashier', 'leader', 'director', 'inspector', 'admin'),
  validateSearch: statementSearch,
  component: lazyRouteComponent(() => import('@/routes/statements'), 'StatementsPage'),
});

const sheets = createRoute({
  getParentRoute: () => officer,
  path: '/sheets',
  beforeLoad: workOf('cashier', 'leader', 'director', 'inspector', 'admin'),
  validateSearch: sheetSearch,
  component: lazyRouteComponent(() => import('@/routes/sheets'), 'SheetsPage'),
});

const receipts = createRoute({
  getParentRoute: () => officer,
  path: '/receipts',
  beforeLoad: workOf('cashier', 'leader', 'director', 'inspector', 'admin'),
  validateSearch: receiptSearch,
  component: lazyRouteComponent(() => import('@/routes/receipts'), 'ReceiptsPage'),
});

/** What is collected, what came, and what is given for it. */
export const moneyRoutes = [
  till,
  tillScreen,
  closings,
  closing,
  money,
  statements,
  sheets,
  receipts,
] as const;
