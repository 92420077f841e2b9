import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { DossiersScreen } from '@/features/dossier/DossiersScreen';

const route = getRouteApi('/officer/dossiers');

export function DossiersPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  // A search by a personal number lives here and not in the address.
  const [privateQuery, setPrivateQuery] = useState('');
  return (
    <DossiersScreen
      search={search}
      privateQuery={privateQuery}
      onSearch={(next, typed) => {
        setPrivateQuery(typed);
        void navigate({ search: next });
      }}
    />
  );
}
