import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { useState } from 'react';
import { meQuery } from '@/features/account/api';
import { WorkScreen } from '@/features/dossier/WorkScreen';

const route = getRouteApi('/officer/');

export function WorkPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [privateQuery, setPrivateQuery] = useState('');
  const me = useQuery(meQuery()).data;
  if (!me) return null;
  // Who only administers has no dossiers to work on.
  if (me.roles.every((r) => r.role === 'admin')) return <Navigate to="/users" replace />;
  return (
    <WorkScreen
      me={me}
      search={search}
      privateQuery={privateQuery}
      onSearch={(next, typed) => {
        setPrivateQuery(typed);
        void navigate({ search: next });
      }}
    />
  );
}
