import { shownNumber } from './days.ts';

export interface Bar {
  readonly key: string;
  /** Under it. */
  readonly label: string;
  readonly value: number;
}

interface ChartProps {
  readonly title: string;
  readonly bars: readonly Bar[];
}

/** Of the picture's height: where bars end and begin. */
const TOP = 12;
const BOTTOM = 86;
/** Labels that have room beside each other on a phone. */
const LABELS = 8;

/** Bars, one beside another. The numbers stand in the table beside it, which is for everybody. */
export function BarChart({ title, bars }: ChartProps) {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const width = 100 / Math.max(1, bars.length);
  const every = Math.ceil(bars.length / LABELS);
  const heightOf = (value: number): number => ((BOTTOM - TOP) * value) / most;
  return (
    <figure className="stack">
      <figcaption className="legend">{title}</figcaption>
      <svg className="chart" role="img" aria-label={title} width="100%" height="190">
        <line x1="0" x2="100%" y1={`${TOP}%`} y2={`${TOP}%`} />
        <text x="0" y={`${TOP - 3}%`}>
          {shownNumber(most)}
        </text>
        <line x1="0" x2="100%" y1={`${BOTTOM}%`} y2={`${BOTTOM}%`} />
        {bars.map(({ key, label, value }, at) => (
          <g key={key}>
            <rect
              x={`${(at + 0.15) * width}%`}
              y={`${BOTTOM - heightOf(value)}%`}
              width={`${0.7 * width}%`}
              height={`${heightOf(value)}%`}
            >
              <title>{`${label}: ${shownNumber(value)}`}</title>
            </rect>
            {at % every === 0 && (
              <text x={`${(at + 0.5) * width}%`} y="98%" textAnchor="middle">
                {label}
              </text>
            )}
          </g>
        ))}
      </svg>
    </figure>
  );
}
