import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process that runs projections. */
export interface Holder {
  /** `host:pid:mark`, which no other has had; tells an operator where to look. */
  readonly name: string;
  readonly pid: number;
  /** Where the process id means something: this boot of this machine, this namespace of processes. */
  readonly space: string;
}

/** Names given in this process. */
const ours = new Set<string>();

export function thisProcess(): Holder {
  const { pid } = process;
  const name = `${hostname()}:${pid}:${randomBytes(3).toString('hex')}`;
  ours.add(name);
  return { name, pid, space };
}

const space = [
  hostname(),
  orNone(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
  orNone(() => readlinkSync('/proc/self/ns/pid')),
].join(' ');

/** Only Linux has these, and only there do containers share a machine's name and not its process ids. */
function orNone(read: () => string): string {
  try {
    return read();
  } catch {
    return process.platform;
  }
}

/** True where the process is certain to be no more: a service that was killed and started again need not wait for itself. */
export function isGone(holder: Holder): boolean {
  if (holder.space !== space) return false;
  return holder.pid === process.pid ? !ours.has(holder.name) : !isRunning(holder.pid);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is another user's.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
