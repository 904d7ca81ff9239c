/** Decrees that prescribe the form of the register, with the day each takes effect, latest first. */
const decrees = [
  { code: '280/2025/NĐ-CP', since: '2025-11-01' },
  { code: '23/2015/NĐ-CP', since: '2015-04-10' },
] as const;

export type RegisterForm = (typeof decrees)[number]['code'];
export const registerForms = decrees.map(({ code }) => code);

const OLDEST: RegisterForm = '23/2015/NĐ-CP';

/** The form a book opened on this day is kept on (NĐ 23/2015; NĐ 280/2025 from 01/11/2025). */
export const registerFormOn = (day: string): RegisterForm =>
  decrees.find(({ since }) => day >= since)?.code ?? OLDEST;
