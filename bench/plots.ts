import * as vega from 'vega';

export interface Line {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface Plot {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly lines: readonly Line[];
  /** By powers of ten: the first axis, or both. */
  readonly isLog?: boolean | 'x';
}

const SIZE = { width: 560, height: 220, padding: 8 };

/** A plot as SVG, whatever it is shown on. */
export async function svgOf(plot: Plot): Promise<string> {
  const view = new vega.View(vega.parse(specOf(plot)), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return `${svg}\n`;
}

/** One for each name, all of one kind. */
const LINES: vega.Mark[] = [
  {
    type: 'group',
    from: { facet: { name: 'line', data: 'points', groupby: 'name' } },
    marks: [
      {
        type: 'line',
        from: { data: 'line' },
        encode: {
          update: {
            x: { scale: 'x', field: 'x' },
            y: { scale: 'y', field: 'y' },
            stroke: { scale: 'color', field: 'name' },
            strokeWidth: { value: 1.5 },
          },
        },
      },
    ],
  },
];

function specOf({ title, x, y, lines, isLog = false }: Plot): vega.Spec {
  const values = lines.flatMap(({ name, points }) => points.map((point) => ({ name, ...point })));
  const scale = (name: 'x' | 'y', range: 'width' | 'height'): vega.Scale => {
    const own = { name, range, domain: { data: 'points', field: name } };
    return isLog === true || isLog === name
      ? { ...own, type: 'log' }
      : { ...own, type: 'linear', zero: name === 'y', nice: true };
  };
  return {
    $schema: 'https://vega.github.io/schema/vega/v6.json',
    ...SIZE,
    background: 'white',
    title: { text: title },
    data: [{ name: 'points', values }],
    scales: [
      scale('x', 'width'),
      scale('y', 'height'),
      {
        name: 'color',
        type: 'ordinal',
        range: 'category',
        domain: { data: 'points', field: 'name' },
      },
    ],
    axes: [
      { orient: 'bottom', scale: 'x', title: x, grid: true, labelOverlap: true },
      { orient: 'left', scale: 'y', title: y, grid: true },
    ],
    ...(lines.length > 1 && { legends: [{ stroke: 'color', orient: 'right', labelLimit: 300 }] }),
    marks: LINES,
  };
}
