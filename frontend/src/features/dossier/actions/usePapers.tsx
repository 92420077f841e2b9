import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { procedureQuery } from '@/features/catalogue/api';
import { PapersTable } from '@/features/intake/PapersTable';
import { noCounts, type Counts } from '@/features/intake/state';
import type { ComponentIn, Dossier } from '@/shared/api/types';

/** The papers as they will lie in the dossier after the action: what is there already, plus what has just come. */
export function usePapers(dossier: Dossier): { table: React.ReactNode; components: ComponentIn[] } {
  const procedure = useQuery(procedureQuery(dossier.procedure.code));
  const there = Object.fromEntries(
    dossier.components.map(({ component_id, originals, certified_copies, photocopies }) => [
      component_id,
      { originals, certified_copies, photocopies },
    ]),
  );
  const [changed, setChanged] = useState<Record<string, Counts>>({});
  const counts: Record<string, Counts> = { ...there, ...changed };
  // A newer version of the procedure may no longer list a paper that was handed in: it stays on the list.
  const known = procedure.data?.components ?? [];
  const older = dossier.components
    .filter((c) => !known.some((k) => k.id === c.component_id))
    .map((c) => ({ id: c.component_id, name: c.name, required: c.required, certainty: '' }));
  return {
    table: (
      <PapersTable
        components={[...known, ...older]}
        counts={counts}
        onChange={(id, next) => setChanged((all) => ({ ...all, [id]: next }))}
      />
    ),
    components: Object.entries(counts)
      .map(([component_id, c]) => ({ component_id, ...noCounts, ...c }))
      .filter((c) => c.originals + c.certified_copies + c.photocopies > 0),
  };
}
