import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, redirect } from '@tanstack/react-router';
import { meQuery } from '@/features/account/api';
import { getStatus, restore } from '@/shared/api/session';
import type { Role } from '@/shared/api/types';
import { ErrorScreen, NotFoundScreen } from './ErrorScreen';
import { PublicShell } from './PublicShell';
import { Shell } from './Shell';

interface Context {
  queries: QueryClient;
}

export const root = createRootRouteWithContext<Context>()({
  errorComponent: ErrorScreen,
  notFoundComponent: NotFoundScreen,
});

/** Pages for those who are signed in; everyone else is sent to the sign-in page and back afterwards. */
export const officer = createRoute({
  getParentRoute: () => root,
  id: 'officer',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    await restore();
    if (getStatus() !== 'signed_in') {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- how the router is told
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } });
    }
    const me = await context.queries.ensureQueryData(meQuery());
    // What must be done first is done on the page of one's own account, and nowhere else.
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- how the router is told
    if (me.pending && location.pathname !== '/account') throw redirect({ to: '/account' });
  },
});

/** Only whose work it is gets the page; others are led to their own instead of to buttons that would be refused. */
export const workOf =
  (...roles: Role[]) =>
  async ({ context }: { context: Context }) => {
    const me = await context.queries.ensureQueryData(meQuery());
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- how the router is told
    if (!me.roles.some((r) => roles.includes(r.role))) throw redirect({ to: '/', search: {} });
  };

/** Only who may do one of these things gets the page: what a role alone does not give. */
export const mayDo =
  (...permissions: string[]) =>
  async ({ context }: { context: Context }) => {
    const me = await context.queries.ensureQueryData(meQuery());
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- how the router is told
    if (!permissions.some((p) => me.permissions.includes(p))) throw redirect({ to: '/', search: {} });
  };

export const open = createRoute({ getParentRoute: () => root, id: 'open', component: PublicShell });
