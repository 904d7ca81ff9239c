import type {
  ForeignType,
  ImageProblem,
  ImageProblemCode,
  ImageProblemDetails,
  ImageWarning,
  ImageWarningCode,
  ImageWarningDetails,
  RareJpeg,
} from '#image-store';
import type { Problem, ProblemRow } from './problem.ts';

type Row<D> = Pick<ProblemRow<D>, 'status' | 'detail' | 'more'>;
type Rows = { readonly [C in ImageProblemCode]: Row<ImageProblemDetails[C]> };

const figure = (value: number): string =>
  value.toLocaleString('vi-VN', { maximumSignificantDigits: 3 });
const percent = (share: number): string => `${Math.round(share * 100)}%`;
const mebibytes = (bytes: number): string => figure(bytes / 1024 / 1024);

const rareKinds: Readonly<Record<RareJpeg, string>> = {
  lossless: 'không mất dữ liệu (lossless)',
  arithmetic: 'mã hóa số học (arithmetic)',
  hierarchical: 'phân tầng (hierarchical)',
  deep: 'trên 8 bit mỗi màu',
};

const BEHIND_AN_IMAGE =
  'Phía sau ảnh có gắn một tệp khác: vui lòng lưu lại ảnh và tải lên lần nữa.';
/** What to do with a file of another kind, where there is a way to a picture from it. */
const waysOut: Partial<Readonly<Record<ForeignType | 'unknown', string>>> = {
  heif: 'Đây là ảnh HEIC của điện thoại: vui lòng chọn “Tương thích nhất” trong cài đặt máy ảnh, hoặc xuất ảnh thành JPEG rồi tải lên.',
  pdf: 'Đây là tệp PDF: vui lòng chụp hoặc xuất trang có hình thành ảnh PNG.',
  svg: 'Đây là ảnh vectơ SVG: vui lòng xuất thành PNG.',
  tiff: 'Đây là ảnh TIFF: vui lòng lưu lại thành PNG.',
  bmp: 'Đây là ảnh BMP: vui lòng lưu lại thành PNG.',
  gif: 'Đây là ảnh GIF: vui lòng lưu lại thành PNG.',
};

function wayOut(found: ForeignType | 'unknown', at: number): string {
  const way = at > 0 ? BEHIND_AN_IMAGE : waysOut[found];
  return way === undefined ? '' : ` ${way}`;
}

export const IMAGE_REFUSED = 'Ảnh không hợp lệ';

/** Status and text of every reason an image is refused, with the figure and the remedy. */
export const imageProblemRows: Rows = {
  FILE_EMPTY: { status: 422, detail: () => 'Tệp ảnh trống. Vui lòng chọn tệp khác.' },
  FILE_TYPE: {
    status: 422,
    detail: ({ found, at }) =>
      `Tệp phải là hình ảnh hợp lệ (PNG, JPG hoặc WebP).${wayOut(found, at)}`,
  },
  FILE_RARE_JPEG: {
    status: 422,
    detail: ({ kind }) =>
      `Tệp JPEG dạng ${rareKinds[kind]} không mở được trên hầu hết máy. Vui lòng lưu lại ảnh thành PNG hoặc JPEG thường.`,
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
  IMAGE_UNCROPPED: {
    status: 422,
    detail: ({ share, drawings, crop: { left, top, width, height } }) =>
      `${drawings === 1 ? 'Hình chỉ' : `Trên ảnh có ${drawings} hình cách xa nhau, tất cả chỉ`} chiếm ${percent(share)} của ảnh, phần còn lại để trống. Vui lòng cắt lấy ${drawings === 1 ? '' : 'một hình, hình lớn nhất ở '}vùng ${width} × ${height} điểm ảnh từ góc trái trên (${left}; ${top}), hoặc gửi crop=auto để hệ thống cắt theo vùng này.`,
    more: ({ crop }) => ({ crop }),
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
    `Hình chưa thật rõ nét (độ nét ${figure(sharpness)}, nên từ ${figure(recommended)}).`,
  IMAGE_WARN_CONTRAST: ({ contrast, recommended }) =>
    `Hình hơi nhạt (độ tương phản ${figure(contrast)}, nên từ ${figure(recommended)}).`,
  IMAGE_CROPPED: ({ crop: { width, height } }) =>
    `Ảnh đã được cắt lấy vùng có hình: ${width} × ${height} điểm ảnh.`,
  IMAGE_WARN_SIZE: ({ width, height, recommended }) =>
    `Ảnh con dấu ${width} × ${height} điểm ảnh hơi nhỏ, cạnh ngắn nên từ ${recommended} điểm ảnh.`,
};

/** The problem details of an image that was refused. */
export function imageProblem({ code, details }: ImageProblem): Omit<Problem, 'type' | 'instance'> {
  const row = imageProblemRows[code] as Row<unknown>;
  const { status } = row;
  const detail = row.detail(details);
  return { code, status, title: IMAGE_REFUSED, field: 'image', detail, ...row.more?.(details) };
}

/** A warning as people read it. */
export function imageAdvice({ code, details }: ImageWarning): { code: string; detail: string } {
  const say = advice[code] as (details: unknown) => string;
  return { code, detail: say(details) };
}
