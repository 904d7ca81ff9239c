import type { Authority } from '#domain';

/** Vietnamese text of the lengths and the variety a register holds; the same in every run. */

const families =
  'Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Nông Triệu';
const middles = 'Văn Thị Hữu Đức Minh Ngọc Thanh Quốc Xuân Thu Hồng Kim Bảo Gia Khánh Phương';
const givens =
  'An Bình Cúc Dũng Đạt Giang Hà Hải Hạnh Hiếu Hoa Hùng Hương Khoa Lan Linh Long Mai Nam Nga Nhung ' +
  'Oanh Phúc Quân Quỳnh Sơn Tâm Thảo Thủy Trang Trung Tú Tuấn Uyên Vân Vinh Yến';
const titles = [
  'Bằng tốt nghiệp đại học',
  'Bằng tốt nghiệp trung học phổ thông',
  'Bảng điểm toàn khóa học ngành Công nghệ thông tin',
  'Chứng chỉ ngoại ngữ khung năng lực 6 bậc dùng cho Việt Nam',
  'Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất',
  'Giấy khai sinh',
  'Giấy đăng ký xe ô tô',
  'Quyết định bổ nhiệm cán bộ',
  'Sổ bảo hiểm xã hội',
  'Thẻ căn cước công dân',
];
const authorities: readonly (Authority | null)[] = [null, 'TM.', 'KT.', 'KT.', 'TUQ.'];

export interface Samples {
  /** A whole number from 0 up to and without `below`. */
  below(below: number): number;
  name(): string;
  title(): string;
  authority(): Authority | null;
}

/** Draws from a fixed sequence (mulberry32), so that every run writes the same texts. */
export function createSamples(seed: number): Samples {
  let state = seed;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  const one = <T>(of: readonly T[]): T => of[below(of.length)] as T;
  const parts = [families, middles, middles, givens].map((words) => words.split(' '));
  return {
    below,
    name: () => parts.map(one).join(' '),
    title: () => `${one(titles)} số ${10_000 + below(90_000)}`,
    authority: () => one(authorities),
  };
}
