import { useWord } from '@/shared/i18n/useWord';

/** The words for a permission's name: `dossiers.decisions` is named as the action it allows. */
export function usePermissionWords(): (permission: string) => string {
  const word = useWord();
  return (permission) => {
    const own = word('account:permission', permission.replaceAll('.', '_'), '');
    return own || word('actions:name', permission.replace(/^dossiers\./, ''), permission);
  };
}
