import type { Role } from '#access';
import { roleLabels } from './role-labels.ts';

/** Somebody the development issuer gives tokens to: the people of the guide, one for each role. */
export interface DevelopmentPerson {
  readonly account: string;
  readonly name: string;
  readonly role: Role;
  readonly roleLabel: string;
  /** Codes of the agencies they belong to; `*` is every one. */
  readonly agencies: readonly string[];
}

const AGENCY = 'BK-001';

const someone = (role: Role, account: string, name: string, agency = AGENCY) => ({
  account,
  name,
  role,
  roleLabel: roleLabels[role],
  agencies: [agency],
});

export const developmentPeople: readonly DevelopmentPerson[] = [
  someone('receiving-officer', 'binh.tran', 'Trần Thị Bình'),
  someone('certifier', 'an.nguyen', 'Nguyễn Văn An'),
  someone('clerk', 'thu.hoang', 'Hoàng Văn Thư'),
  someone('auditor', 'kiem.le', 'Lê Thị Kiểm', '*'),
  someone('operator', 'tri.pham', 'Phạm Quản Trị', '*'),
];
