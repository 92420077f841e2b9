import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import i18next from 'i18next';
import { asProblem } from '@/shared/api/problem';
import { createAppRouter } from './router';
import { cssVariables, theme } from './theme';

/** Asks again only where asking again may help: no answer, or a server in trouble. */
const retry = (count: number, error: unknown) => {
  const { status } = asProblem(error);
  return (status === 0 || status >= 500) && count < 2;
};

export const queryClient = new QueryClient({
  defaultOptions: {
    // Requests are made even when the browser thinks it is offline: an office LAN needs no internet.
    queries: { retry, staleTime: 5_000, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});

// Reasons and explanations come in words from the server: in another language they are asked for again.
i18next.on('languageChanged', () => void queryClient.invalidateQueries());

const router = createAppRouter(queryClient);

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme="light">
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
