/** TM. thay mặt, KT. ký thay, TL. thừa lệnh, TUQ. thừa ủy quyền. */
export const authorities = ['TM.', 'KT.', 'TL.', 'TUQ.'] as const;
export type Authority = (typeof authorities)[number];
