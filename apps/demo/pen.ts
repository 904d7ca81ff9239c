interface Point {
  readonly x: number;
  readonly y: number;
}

/** Numbers in 0 … 1, the same ones for the same text: every name has its own hand, and keeps it. */
function handOf(name: string): () => number {
  let state = 2166136261;
  for (const letter of name) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 16777619);
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) / 2 ** 24;
  };
}

/** A point of the curve that leads smoothly from `b` to `c` on its way from `a` to `d`. */
function between([a, b, c, d]: readonly [Point, Point, Point, Point], t: number): Point {
  const blend = (p: number, q: number, r: number, s: number) =>
    0.5 *
    (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t ** 3);
  return { x: blend(a.x, b.x, c.x, d.x), y: blend(a.y, b.y, c.y, d.y) };
}

const STEPS = 14;

function smooth(points: readonly Point[]): readonly Point[] {
  const at = (index: number) =>
    points[Math.min(Math.max(index, 0), points.length - 1)] ?? { x: 0, y: 0 };
  return points.slice(1).flatMap((_, index) => {
    const around = [at(index - 1), at(index), at(index + 1), at(index + 2)] as const;
    return Array.from({ length: STEPS }, (_, step) => between(around, step / STEPS));
  });
}

/** A pen's line: thin where the hand is fast, thick where it turns, pointed where it lifts. */
function inked(points: readonly Point[], nib: number): string {
  const curve = smooth(points);
  let width = 0;
  return curve
    .slice(1)
    .map((point, index) => {
      const from = curve[index] ?? point;
      const speed = Math.hypot(point.x - from.x, point.y - from.y);
      const ending = Math.min(1, (curve.length - index) / STEPS, (index + 4) / STEPS);
      const wanted = nib * ending * Math.min(1.25, Math.max(0.35, 1.5 - speed / 9));
      width += (wanted - width) * 0.3;
      const line = `M${from.x.toFixed(1)} ${from.y.toFixed(1)}L${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
      return `<path d="${line}" stroke-width="${width.toFixed(2)}"/>`;
    })
    .join('');
}

/** The first letter: a tall stem, a loop back over it and down to the line. */
function initial(hand: () => number): readonly Point[] {
  const lean = 25 + hand() * 40;
  const loop = 60 + hand() * 50;
  return [
    { x: 60, y: 150 - hand() * 40 },
    { x: 95 + lean / 2, y: 95 },
    { x: 110 + lean, y: 40 - hand() * 20 },
    { x: 92 + lean / 2, y: 140 },
    { x: 70, y: 245 + hand() * 20 },
    { x: 48, y: 225 },
    { x: 110, y: 120 },
    { x: 170 + loop, y: 45 + hand() * 25 },
    { x: 190 + loop, y: 95 },
    { x: 140 + loop / 2, y: 170 },
    { x: 165 + loop / 2, y: 195 },
  ];
}

/** What follows: hasty letters, one of them with a loop above or below the line. */
function hurriedLetters(hand: () => number, from: Point): readonly Point[] {
  const count = 5 + Math.floor(hand() * 3);
  const looped = 1 + Math.floor(hand() * (count - 2));
  const points: Point[] = [];
  let { x } = from;
  for (let letter = 0; letter < count; letter += 1) {
    const step = 38 + hand() * 26;
    const height = 34 + hand() * 30 - letter * 3;
    if (letter === looped) {
      const deep = hand() < 0.5 ? 95 : -95;
      points.push({ x: x + 26, y: 150 - deep / 6 }, { x: x + 14, y: 175 + deep });
      points.push({ x: x - 10, y: 170 + deep * 0.9 }, { x: x + step * 0.8, y: 170 });
    } else {
      points.push({ x: x + step * 0.35, y: 190 - height }, { x: x + step * 0.5, y: 196 });
    }
    x += step;
  }
  return points;
}

/** The stroke drawn back under the name and out again. */
function flourish(hand: () => number, end: Point): readonly Point[] {
  return [
    { x: end.x + 30, y: 150 },
    { x: end.x + 95, y: 120 + hand() * 20 },
    { x: end.x + 70, y: 205 },
    { x: end.x * 0.6, y: 236 + hand() * 14 },
    { x: 120, y: 262 },
    { x: 190, y: 268 - hand() * 10 },
    { x: end.x * 0.75, y: 240 },
    { x: end.x + 120 + hand() * 40, y: 205 - hand() * 20 },
  ];
}

/** SVG of a signature as this name's bearer writes it, about 300 high and centred on x = 0. */
export function handwrite(name: string): string {
  const hand = handOf(name);
  const start = initial(hand);
  const middle = hurriedLetters(hand, start.at(-1) ?? { x: 0, y: 0 });
  const points = [...start, ...middle, ...flourish(hand, middle.at(-1) ?? { x: 0, y: 0 })];
  const across = points.map(({ x }) => x);
  const centre = (Math.min(...across) + Math.max(...across)) / 2;
  return inked(
    points.map(({ x, y }) => ({ x: x - centre, y })),
    8,
  );
}
