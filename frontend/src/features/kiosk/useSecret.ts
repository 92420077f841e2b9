import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

const KEPT = 'motcua.kiosk';

function kept(): string | null {
  try {
    return sessionStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function keep(secret: string): void {
  try {
    sessionStorage.setItem(KEPT, secret);
  } catch {
    // Without storage the device asks for its address again when the page is loaded anew.
  }
}

/**
 * What the device proves itself by: behind the mark of its address, which no server sees. It is taken out of the
 * address, where whoever stands before the device could read it, and lives as long as the window does.
 */
export function useSecret(): string | null {
  const hash = useRouterState({ select: (state) => state.location.hash });
  const navigate = useNavigate();
  const [secret, setSecret] = useState(() => hash || kept());
  useEffect(() => {
    if (!hash) return;
    setSecret(hash);
    keep(hash);
    void navigate({ to: '/kiosk/survey', hash: '', replace: true });
  }, [hash, navigate]);
  return secret;
}
