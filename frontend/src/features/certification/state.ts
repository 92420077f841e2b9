import { emptyPerson, toOwner, type Person } from '@/features/intake/state';
import type { CertificationKind, NewCertification } from '@/shared/api/types';

/** What is most often brought; the book is kept in Vietnamese whatever the language of the screen. */
export const commonPapers: Record<CertificationKind, string[]> = {
  copy: [
    'Căn cước công dân',
    'Giấy khai sinh',
    'Giấy chứng nhận kết hôn',
    'Bằng tốt nghiệp trung học phổ thông',
    'Bằng tốt nghiệp đại học',
    'Học bạ, bảng điểm',
    'Giấy chứng nhận quyền sử dụng đất',
    'Giấy phép lái xe',
    'Giấy chứng nhận đăng ký xe',
    'Giấy chứng nhận đăng ký doanh nghiệp',
  ],
  signature: ['Giấy ủy quyền', 'Sơ yếu lý lịch', 'Tờ khai', 'Giấy cam kết', 'Đơn xác nhận'],
};

/** The server takes at most so many papers at once. */
export const MOST_PAPERS = 50;

export interface Paper {
  /** For React: rows come and go. */
  key: number;
  name: string;
  pages: string;
  copies: string;
}

export interface CertifyForm {
  kind: CertificationKind;
  requester: Person;
  papers: Paper[];
  authorityId: string;
  signerId: string;
  note: string;
}

export const blankPaper = (key: number): Paper => ({ key, name: '', pages: '1', copies: '1' });

/** A blank form; who signs for which ward stays chosen for the next person. */
export const emptyCertify = (kept?: Pick<CertifyForm, 'kind' | 'authorityId' | 'signerId'>): CertifyForm => ({
  kind: kept?.kind ?? 'copy',
  requester: emptyPerson(),
  papers: [blankPaper(0)],
  authorityId: kept?.authorityId ?? '',
  signerId: kept?.signerId ?? '',
  note: '',
});

/** What is typed into a field of counting: a whole number of at least one, or null. */
export function counted(text: string, most: number): number | null {
  if (!/^\d{1,4}$/.test(text.trim())) return null;
  const n = Number(text);
  return n >= 1 && n <= most ? n : null;
}

/** The sizes that the fee follows from; null while a number is still being typed. */
export function sizes(form: CertifyForm): { original_pages: number; copies: number }[] | null {
  const all = form.papers.map((p) => ({
    original_pages: counted(p.pages, 9999),
    copies: form.kind === 'copy' ? counted(p.copies, 999) : 1,
  }));
  return all.every((s) => s.original_pages !== null && s.copies !== null)
    ? (all as { original_pages: number; copies: number }[])
    : null;
}

/** The form as the server takes it. What is no number goes as 0, so that the server names the field. */
export function toCertification(form: CertifyForm): NewCertification {
  return {
    kind: form.kind,
    authority_id: form.authorityId,
    signer_user_id: form.signerId,
    requester: toOwner(form.requester),
    items: form.papers.map((p) => ({
      document_name: p.name.trim(),
      original_pages: counted(p.pages, 9999) ?? 0,
      copies: form.kind === 'copy' ? (counted(p.copies, 999) ?? 0) : 1,
    })),
    note: form.note.trim() || undefined,
  };
}

/** One paper's number or a run of them, as they stand on the papers. */
export function numbersInWords(entries: { number: number; year: number; symbol: string }[]): string {
  const first = entries[0];
  const last = entries.at(-1);
  if (!first || !last) return '';
  const run = first === last ? String(first.number) : `${first.number}–${last.number}`;
  return `${run}/${first.year}-${first.symbol}`;
}
