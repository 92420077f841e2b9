import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CertificationEntry, CertificationKind } from '@/shared/api/types';
import { formatDateTime, formatVnd } from '@/shared/ui/format';
import ui from '@/shared/ui/ui.module.css';

export function BookTable(props: { entries: CertificationEntry[]; kind: CertificationKind }) {
  const { t } = useTranslation('certification');
  const copies = props.kind === 'copy';
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
    <div className={ui.tableWrap} role="group" aria-labelledby="lines-title" tabIndex={0}>
      <table className={`${ui.table} ${ui.wide}`}>
        <thead>
          <tr>
            <th scope="col" className="num">
              {t('book.number')}
            </th>
            <th scope="col">{t('book.at')}</th>
            <th scope="col">{t('book.requester')}</th>
            <th scope="col">{t('book.document')}</th>
            <th scope="col" className="num">
              {t('book.pages')}
            </th>
            {copies && (
              <th scope="col" className="num">
                {t('book.copies')}
              </th>
            )}
            <th scope="col" className="num">
              {t('book.fee')}
            </th>
            <th scope="col">{t('book.signer')}</th>
            <th scope="col">{t('book.dossier')}</th>
          </tr>
        </thead>
        <tbody>
          {props.entries.map((e) => (
            <tr key={e.id}>
              <td className="num">
                <strong>{e.number}</strong>
              </td>
              <td>
                <time dateTime={e.certified_at}>{formatDateTime(e.certified_at)}</time>
              </td>
              <td>
                {e.requester_name}
                {e.requester_identity && <div className="small soft">{e.requester_identity}</div>}
              </td>
              <td>{e.document_name}</td>
              <td className="num">{e.original_pages}</td>
              {copies && <td className="num">{e.copies}</td>}
              <td className="num">{formatVnd(e.fee_vnd)}</td>
              <td>
                {e.signer.full_name}
                {e.signer_title && <div className="small soft">{e.signer_title}</div>}
              </td>
              <td>
                <Link to="/dossiers/$id" params={{ id: e.dossier_id }}>
                  {e.dossier_code}
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
