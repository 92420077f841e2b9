import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { SignInScreen } from '@/features/account/SignInScreen';

const route = getRouteApi('/open/sign-in');

/** Only a path of this site: an address from outside must not be gone to after signing in. */
const within = (next: string | undefined) => (next && /^\/(?![/\\])/.test(next) ? next : '/');

export function SignInPage() {
  const { next } = route.useSearch();
  const router = useRouter();
  const queries = useQueryClient();
  return (
    <SignInScreen
      onSignedIn={() => {
        queries.clear();
        router.history.push(within(next));
      }}
    />
  );
}
