import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Navigate, useRouter, useRouterState } from '@tanstack/react-router';
import { useSetupNeeded } from '@/features/account/api';
import { SignInScreen } from '@/features/account/SignInScreen';

const route = getRouteApi('/open/sign-in');

/** Only a path of this site: an address from outside must not be gone to after signing in. */
const within = (next: string | undefined) => (next && /^\/(?![/\\])/.test(next) ? next : '/');

export function SignInPage() {
  const { next } = route.useSearch();
  const router = useRouter();
  const queries = useQueryClient();
  const username = useRouterState({ select: (s) => s.location.state.username });
  // Nobody can sign in to an installation that holds nobody.
  if (useSetupNeeded()) return <Navigate to="/setup" replace />;
  return (
    <SignInScreen
      username={username}
      onSignedIn={() => {
        queries.clear();
        router.history.push(within(next));
      }}
    />
  );
}
