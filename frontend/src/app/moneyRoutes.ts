import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { officer, workOf } from './guards';
import { moneySearch, receiptSearch, statementSearch, tillSearch } from './search';

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

const receipts = createRoute({
  getParentRoute: () => officer,
  path: '/receipts',
  beforeLoad: workOf('cashier', 'leader', 'director', 'inspector', 'admin'),
  validateSearch: receiptSearch,
  component: lazyRouteComponent(() => import('@/routes/receipts'), 'ReceiptsPage'),
});

/** What is collected, what came, and what is given for it. */
export const moneyRoutes = [till, tillScreen, money, statements, receipts] as const;
