import { closeSync, createReadStream, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Command, CommanderError, Option } from 'commander';
import {
  BrokenProof,
  linesIn,
  parseCertificates,
  parsePolicy,
  parseVerifierKey,
  UnreadableBundle,
  verifyBundle,
  type Language,
  type VerifierKey,
} from '#audit/proofs';
import { isProof, proofReport, verifyProof, type ProofOptions } from './proofs.ts';
import { report } from './report.ts';

interface Options extends ProofOptions {
  readonly key: readonly string[];
  readonly policy?: string;
  readonly tsa?: string;
  readonly lang: string;
  readonly json?: boolean;
}

const program = new Command('so-chung-thuc-verify')
  .description(
    'Kiểm tra một gói kiểm toán mà không cần máy chủ, mạng hay phần mềm nào khác · verifies an audit bundle by itself. Exit status: 0 whole, 1 not, 2 could not be read.',
  )
  .argument('<file>', 'a bundle (JSON Lines, or the same with gzip: .gz), or one proof')
  .requiredOption(
    '--key <key...>',
    'public key of the log (name+id+base64), or a file with one a line',
  )
  .option('--policy <file>', 'which witnesses have to have cosigned (C2SP tlog-policy)')
  .option(
    '--tsa <file>',
    'certificates (PEM) of time-stamping authorities (RFC 3161), one of which has to have stamped',
  )
  .option('--older <file>', 'with a proof of consistency: the earlier checkpoint, as it was kept')
  .option('--event <file>', 'with a proof that does not carry its event: the event as JSON')
  .addOption(new Option('--lang <language>', 'of the report').choices(['vi', 'en']).default('vi'))
  .option('--json', 'for machines: the verdict as JSON')
  .showHelpAfterError()
  .exitOverride()
  .action(verify);

async function verify(path: string, options: Options): Promise<void> {
  const language: Language = options.lang === 'en' ? 'en' : 'vi';
  try {
    const policy =
      options.policy === undefined ? undefined : parsePolicy(readFileSync(options.policy, 'utf8'));
    const tsa =
      options.tsa === undefined ? undefined : parseCertificates(readFileSync(options.tsa, 'utf8'));
    const trust = { keys: options.key.flatMap(keysIn), policy, tsa };
    if (isProof(headOf(path))) {
      const proven = verifyProof(path, options, trust);
      console.log(options.json ? JSON.stringify(proven) : proofReport(proven, language));
      process.exitCode = proven.isWhole ? 0 : 1;
      return;
    }
    const verdict = await verifyBundle(() => linesOf(path), trust, progress());
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    console.log(options.json ? JSON.stringify(verdict) : report(verdict, language));
    process.exitCode = verdict.isWhole ? 0 : 1;
  } catch (error) {
    unreadable(error as Error, language, options.json ?? false);
  }
}

/** What a file begins with. */
function headOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(64);
    return bytes.subarray(0, readSync(file, bytes)).toString('latin1');
  } finally {
    closeSync(file);
  }
}

/** Keys are public and short: given as they are, or in a file. @throws BrokenProof */
function keysIn(text: string): VerifierKey[] {
  if (!existsSync(text)) return [parseVerifierKey(text)];
  const lines = readFileSync(text, 'utf8').split('\n');
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(parseVerifierKey);
}

/** Bytes read at once. */
const CHUNK = 2 ** 20;

/** @throws UnreadableBundle */
function linesOf(path: string): AsyncGenerator<readonly Buffer[], void> {
  const file = createReadStream(path, { highWaterMark: CHUNK });
  const text = path.endsWith('.gz') ? pipeline(file, createGunzip(), () => undefined) : file;
  return linesIn(text as AsyncIterable<Buffer>);
}

function progress() {
  return (events: number, size: number): void => {
    if (process.stderr.isTTY)
      process.stderr.write(`\r${events.toLocaleString('en')} / ${size.toLocaleString('en')}`);
  };
}

function unreadable(error: Error, language: Language, json: boolean): void {
  const isTold = error instanceof UnreadableBundle || error instanceof BrokenProof;
  const { code = '' } = error as NodeJS.ErrnoException;
  if (!isTold && code === '') throw error;
  const text = language === 'vi' ? 'KHÔNG ĐỌC ĐƯỢC' : 'COULD NOT BE READ';
  console.error(json ? JSON.stringify({ error: error.message }) : `${text}: ${error.message}`);
  process.exitCode = 2;
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode ?? 0);
});

program.parseAsync().catch((error: unknown) => {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
});
