import { hasRole, type Session } from '../session/session.ts';
import type { Words } from '../words/vi.ts';

interface Section {
  readonly title: string;
  readonly pages: readonly { readonly to: string; readonly label: string }[];
}

/** Which pages there are for somebody, by their roles; the API decides about each request all the same. */
export function sectionsFor(session: Session, words: Words): readonly Section[] {
  const reads = hasRole(session, 'receiving-officer', 'certifier', 'clerk', 'auditor');
  const register: Section = {
    title: words.shell.register,
    pages: [
      { to: '/hoso/quyensochungthuc', label: words.books.title },
      { to: '/hoso/tiep-nhan', label: words.dossiers.title },
      { to: '/hoso/de-nghi', label: words.proposals.title },
      { to: '/hoso/uy-quyen', label: words.mandates.title },
      { to: '/hoso/cho-ky-so', label: words.copies.title },
      { to: '/tong-quan', label: words.overview.title },
    ],
  };
  const audits: Section = {
    title: words.auditor.section,
    pages: [
      { to: '/kiem-toan/nhat-ky', label: words.auditor.history },
      ...(hasRole(session, 'auditor')
        ? [
            { to: '/kiem-toan/ai-da-xem', label: words.auditor.looked },
            { to: '/kiem-toan/goi', label: words.auditor.bundle.title },
          ]
        : []),
    ],
  };
  const operates: Section = {
    title: words.operator.section,
    pages: [
      { to: '/van-hanh/bang-doc', label: words.operator.projections },
      { to: '/van-hanh/co-quan', label: words.operator.agencies.title },
    ],
  };
  return [
    ...(reads ? [register, audits] : []),
    ...(hasRole(session, 'operator') ? [operates] : []),
  ];
}

/** Where somebody begins. */
export const homeOf = (session: Session, words: Words): string | undefined =>
  sectionsFor(session, words)[0]?.pages[0]?.to;
