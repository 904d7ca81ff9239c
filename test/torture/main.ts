/**
 * Ends processes without warning while desks ask for numbers, and looks afterwards whether every
 * promise was kept:
 *
 *   npm run torture -- [--kills 500] [--seed 7] [--mode embedded|servers|both] [--desks 16] [--offices 4]
 *
 * Ends with 1 when one was not, and leaves the data where it is. The seed makes the same plan again:
 * who is killed, when, what is asked; how processes take turns is never the same.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { play } from './play.ts';
import type { Mode } from './place.ts';

const options = {
  kills: { type: 'string', default: '500' },
  seed: { type: 'string', default: String(randomInt(2 ** 31 - 1)) },
  mode: { type: 'string', default: 'both' },
  desks: { type: 'string', default: '16' },
  offices: { type: 'string', default: '4' },
} as const;

/** After so many kills the next are played on new data, or all would be spent in looking. */
const KILLS_OF_A_PLACE = 25;
const modes: Readonly<Record<string, readonly Mode[]>> = {
  embedded: ['embedded'],
  servers: ['servers'],
  both: ['embedded', 'servers'],
};

const { values } = parseArgs({ options });
const whole = (name: 'kills' | 'seed' | 'desks' | 'offices'): number => {
  const value = Number(values[name]);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new RangeError(`--${name} is a whole number`);
  return value;
};
const chosen = modes[values.mode];
if (!chosen) throw new RangeError(`--mode is one of ${Object.keys(modes).join(', ')}`);
const [kills, seed, desks, offices] = [
  whole('kills'),
  whole('seed'),
  whole('desks'),
  whole('offices'),
];

console.log(`seed ${seed}: ${kills} kills, ${desks} desks in ${offices} offices, ${values.mode}`);
const total = { kills: 0, acknowledged: 0, repeated: 0, events: 0 };
let broken = 0;
for (let place = 0; total.kills < kills && broken === 0; place += 1) {
  const mode = chosen[place % chosen.length] as Mode;
  const share = Math.ceil(kills / chosen.length);
  const own = Math.min(KILLS_OF_A_PLACE, share, kills - total.kills);
  const found = await play({ mode, kills: own, seed: seed + place, desks, offices });
  for (const fault of found.faults) console.error(`!!! ${fault}`);
  if (found.faults.length > 0)
    console.error(`!!! data of ${mode}, seed ${seed + place}: ${found.folder}`);
  broken += found.faults.length;
  total.kills += found.kills;
  total.acknowledged += found.acknowledged;
  total.repeated += found.repeated;
  total.events += found.events;
}
console.log(
  `${total.kills} kills: ${total.acknowledged} commands acknowledged, ${total.repeated} requests sent again, ` +
    `${total.events} events; ${broken === 0 ? 'every promise kept' : `${broken} promises broken`}`,
);
process.exit(broken === 0 ? 0 : 1);
