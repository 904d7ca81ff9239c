import type {
  ImageProblem,
  ImageProblemCode,
  ImageProblemDetails,
  ImageWarning,
  ImageWarningCode,
  ImageWarningDetails,
} from '#image-store';
import type { Problem } from './problem.ts';

interface Row<D> {
  readonly status: number;
  readonly detail: (details: D) => string;
}
type Rows = { readonly [C in ImageProblemCode]: Row<ImageProblemDetails[C]> };

const figure = (value: number): string =>
  value.toLocaleString('vi-VN', { maximumSignificantDigits: 3 });
const percent = (share: number): string => `${Math.round(share * 100)}%`;
const mebibytes = (bytes: number): string => figure(bytes / 1024 / 1024);

/** Status and text of every reason an image is refused, with the figure and the remedy. */
const problems: Rows = {
  FILE_EMPTY: { status: 422, detail: () => 'Tệp ảnh trống. Vui lòng chọn tệp khác.' },
  FILE_TYPE: {
    status: 422,
    detail: () => 'Tệp phải là hình ảnh hợp lệ (PNG, JPG hoặc WebP).',
  },
  FILE_TOO_LARGE: {
    status: 413,
    detail: ({ bytes, limit }) =>
      `Tệp ảnh ${mebibytes(bytes)} MiB, lớn quá ${mebibytes(limit)} MiB. Vui lòng chọn tệp nhỏ hơn.`,
  },
  FILE_BROKEN: {
    status: 422,
    detail: () => 'Tệp ảnh bị hỏng hoặc không đầy đủ. Vui lòng lưu lại ảnh và tải lên lần nữa.',
  },
  IMAGE_TOO_MANY_PIXELS: {
    status: 422,
    detail: ({ width, height, limit }) =>
      `Ảnh ${width} × ${height} điểm ảnh, vượt quá ${limit / 1e6} triệu điểm ảnh. Vui lòng thu nhỏ ảnh.`,
  },
  IMAGE_TOO_SMALL: {
    status: 422,
    detail: ({ width, height, least }) =>
      `Ảnh ${width} × ${height} điểm ảnh quá nhỏ; cạnh ngắn phải từ ${least} điểm ảnh. Vui lòng quét lại với độ phân giải cao hơn.`,
  },
  IMAGE_ANIMATED: {
    status: 422,
    detail: ({ frames }) =>
      `Ảnh động (${frames} khung hình) không được chấp nhận. Vui lòng dùng ảnh tĩnh.`,
  },
  IMAGE_BLANK: {
    status: 422,
    detail: ({ contrast, leastContrast, sharpness, leastSharpness }) =>
      contrast < leastContrast
        ? `Ảnh không có nội dung (độ tương phản ${figure(contrast)}, cần từ ${figure(leastContrast)}). Vui lòng chọn ảnh khác.`
        : `Ảnh không có nét nào nổi bật (độ nét ${figure(sharpness)}, cần từ ${figure(leastSharpness)}). Vui lòng chọn ảnh khác.`,
  },
  IMAGE_BLURRED: {
    status: 422,
    detail: ({ sharpness, least }) =>
      `Hình ảnh con dấu phải rõ nét (độ nét ${figure(sharpness)}, cần từ ${figure(least)}). Vui lòng quét lại con dấu.`,
  },
  IMAGE_LOW_CONTRAST: {
    status: 422,
    detail: ({ contrast, least }) =>
      `Ảnh quá mờ nhạt (độ tương phản ${figure(contrast)}, cần từ ${figure(least)}). Vui lòng quét lại đậm hơn.`,
  },
};

type Advice = { readonly [C in ImageWarningCode]: (details: ImageWarningDetails[C]) => string };

/** What is said of a recommendation that was not met. The image is kept. */
const advice: Advice = {
  IMAGE_WARN: () => 'Ảnh chưa đúng khuyến nghị PNG nền trong suốt.',
  IMAGE_WARN_COLOUR: ({ colour, share }) =>
    colour === 'blue'
      ? `Khuyến nghị chữ ký màu xanh (NĐ 30/2020); phần màu xanh hiện là ${percent(share)}.`
      : `Khuyến nghị con dấu màu đỏ (NĐ 30/2020); phần màu đỏ hiện là ${percent(share)}.`,
  IMAGE_WARN_SHARPNESS: ({ sharpness, recommended }) =>
    `Con dấu chưa thật rõ nét (độ nét ${figure(sharpness)}, nên từ ${figure(recommended)}).`,
  IMAGE_WARN_CONTRAST: ({ contrast, recommended }) =>
    `Con dấu hơi nhạt (độ tương phản ${figure(contrast)}, nên từ ${figure(recommended)}).`,
  IMAGE_WARN_SIZE: ({ width, height, recommended }) =>
    `Ảnh con dấu ${width} × ${height} điểm ảnh hơi nhỏ, cạnh ngắn nên từ ${recommended} điểm ảnh.`,
};

/** The problem details of an image that was refused. */
export function imageProblem({ code, details }: ImageProblem): Omit<Problem, 'type' | 'instance'> {
  const row = problems[code] as Row<unknown>;
  const title = 'Ảnh không hợp lệ';
  return { code, status: row.status, title, field: 'image', detail: row.detail(details) };
}

/** A warning as people read it. */
export function imageAdvice({ code, details }: ImageWarning): { code: string; detail: string } {
  const say = advice[code] as (details: unknown) => string;
  return { code, detail: say(details) };
}
