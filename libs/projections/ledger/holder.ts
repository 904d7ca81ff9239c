import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { processMark } from '#threads';

/** A process that runs projections. */
export interface Holder {
  /** `host:pid:mark`, which no other has had; tells an operator where to look. */
  readonly name: string;
  readonly pid: number;
  /** Where the process id means something: this boot of this machine, this namespace of processes. */
  readonly space: string;
}

/** What every name begins with that was given in this process, in whichever of its threads. */
const OURS = `${hostname()}:${process.pid}:${processMark}-`;

export function thisProcess(): Holder {
  return { name: `${OURS}${randomBytes(3).toString('hex')}`, pid: process.pid, space };
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

/**
 * True where the process is certain to be no more: a service that was killed and started again need
 * not wait for itself. A thread of this process that has ended is not known from one that goes on.
 */
export function isGone(holder: Holder): boolean {
  if (holder.space !== space) return false;
  return holder.pid === process.pid ? !holder.name.startsWith(OURS) : !isRunning(holder.pid);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is another user's.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
