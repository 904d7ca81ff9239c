import sharp from 'sharp';
import { writeArc, writeLine } from './lettering/write.ts';
import { handwrite } from './pen.ts';

export interface Output {
  /** Pixels across; the height follows. */
  readonly width?: number;
  /** PNG has a transparent ground, JPEG a white one. */
  readonly format?: 'png' | 'jpeg';
}

export interface SignatureSpecimen extends Output {
  readonly fullName: string;
  readonly title: string;
  /** Colour of pen and text, as SVG writes it. */
  readonly ink?: string;
}

/** A picture of a signature, as NĐ 30 recommends it: blue, over the signer's name and title. */
export function drawSignature(specimen: SignatureSpecimen): Promise<Buffer> {
  const { fullName, title, ink = '#1c3fa8', width = 900 } = specimen;
  const text = { x: 450, maxWidth: 840 };
  const drawing = `
    <g transform="translate(450 15)" fill="none" stroke="${ink}" stroke-linecap="round">
      ${handwrite(fullName)}
    </g>
    <g fill="${ink}">
      ${writeLine(fullName, { ...text, y: 392, size: 62 })}
      ${writeLine(title, { ...text, y: 462, size: 46 })}
    </g>`;
  return paint({ ...specimen, width }, { box: '0 0 900 500', ratio: 500 / 900, drawing });
}

export interface SealSpecimen extends Output {
  /** Stands around the top: `UBND XÃ DƯƠNG QUANG`. */
  readonly agency: string;
  /** Stands around the bottom: `TỈNH BẮC KẠN`. */
  readonly place: string;
  /** Colour of the ink, as SVG writes it. */
  readonly ink?: string;
}

/** A picture of a round seal: red, two circles, the agency between them, a star marked as a sample. */
export function drawSeal(specimen: SealSpecimen): Promise<Buffer> {
  const { agency, place, ink = '#d0121b', width = 800 } = specimen;
  const drawing = `
    <g fill="none" stroke="${ink}">
      <circle r="476" stroke-width="22"/>
      <circle r="448" stroke-width="6"/>
      <circle r="288" stroke-width="7"/>
    </g>
    <g fill="${ink}">
      ${writeArc(agency.toUpperCase(), { radius: 362, size: 100, maxDegrees: 200, side: 'top' })}
      ${writeArc(place.toUpperCase(), { radius: 366, size: 88, maxDegrees: 115, side: 'bottom' })}
      ${[-1, 1].map((side) => star(Math.sin(1.95 * side) * 368, -Math.cos(1.95) * 368, 24)).join('')}
      ${star(0, -30, 190)}
      ${writeLine('MẪU', { x: 0, y: 225, size: 96, maxWidth: 260 })}
    </g>`;
  return paint({ ...specimen, width }, { box: '-500 -500 1000 1000', ratio: 1, drawing });
}

/** A five-pointed star standing on two of its points. */
function star(x: number, y: number, radius: number): string {
  const points = Array.from({ length: 10 }, (_, corner) => {
    const reach = corner % 2 === 0 ? radius : radius * 0.382;
    const angle = (corner * Math.PI) / 5;
    return `${x + reach * Math.sin(angle)},${y - reach * Math.cos(angle)}`;
  });
  return `<polygon points="${points.join(' ')}"/>`;
}

interface Drawing {
  readonly box: string;
  /** Height by width. */
  readonly ratio: number;
  readonly drawing: string;
}

function paint(output: Output & { readonly width: number }, drawing: Drawing): Promise<Buffer> {
  const { width, format = 'png' } = output;
  const size = `width="${width}" height="${Math.round(width * drawing.ratio)}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="${drawing.box}">${drawing.drawing}</svg>`;
  const picture = sharp(Buffer.from(svg));
  return format === 'png'
    ? picture.png().toBuffer()
    : picture.flatten({ background: 'white' }).jpeg({ quality: 90 }).toBuffer();
}
