import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const FILE = fileURLToPath(new URL('../../deploy/docker-compose.secure.yml', import.meta.url));
const VOLUMES = ['certificates', 'authority', 'trusted', 'mongodb'];

/** Makes files named as the tool names them, each with what it was asked for. */
const TOOL = `#!/bin/bash
kind=$1; shift
while test $# -gt 0; do if test "$1" = -out; then out=$2; fi; shift 2; done
mkdir -p $out
case $kind in create-ca) name=ca;; *) name=node;; esac
echo "certificate of $out" >$out/$name.crt; echo "key of $out" >$out/$name.key
`;

let root: string;
let compose: string;

/** What the service `certificates` runs, in folders of the test's. */
function make(): void {
  const command = /- >\n([\s\S]*?)\n {4}volumes:/.exec(compose)?.[1] ?? '';
  const script = command
    .replaceAll(/\n\s*/g, ' ')
    .replaceAll(new RegExp(`(?<=[\\s>])/(?=(?:${VOLUMES.join('|')})\\b)`, 'g'), `${root}/`);
  const PATH = `${join(root, 'bin')}:${process.env['PATH'] ?? ''}`;
  execFileSync('bash', ['--norc', '-c', script], { env: { PATH } });
}

async function written(name: string, text: string): Promise<void> {
  await writeFile(join(root, 'bin', name), text);
  await chmod(join(root, 'bin', name), 0o755);
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'certificates-'));
  compose = await readFile(FILE, 'utf8');
  for (const one of ['bin', ...VOLUMES]) await mkdir(join(root, one));
  await written('es-gencert-cli', TOOL);
  await written('chown', '#!/bin/bash\n');
});
afterEach(() => rm(root, { recursive: true, force: true }));

const filesOf = async (volume: string): Promise<string[]> =>
  (await readdir(join(root, volume), { recursive: true }))
    .filter((one) => one.includes('.'))
    .sort();

describe('certificates of the deployment', () => {
  it('are made once; who only trusts the authority is given its certificate and no key', async () => {
    make();
    const pem = await readFile(join(root, 'mongodb/server.pem'), 'utf8');
    expect(pem).toContain('key of');
    expect(await filesOf('trusted')).toEqual(['ca.crt']);
    expect(await filesOf('authority')).toEqual(['ca.key']);
    expect(await filesOf('certificates')).toEqual(['ca/ca.crt', 'node/node.crt', 'node/node.key']);
    await written('es-gencert-cli', '#!/bin/bash\nexit 1\n');
    make();
    expect(await readFile(join(root, 'mongodb/server.pem'), 'utf8')).toBe(pem);
  });

  it('of an earlier release stay, and MongoDB’s are no longer beside the log’s', async () => {
    for (const one of ['ca', 'node', 'mongodb']) await mkdir(join(root, 'certificates', one));
    await writeFile(join(root, 'certificates/node/node.crt'), 'earlier');
    await writeFile(join(root, 'certificates/ca/ca.crt'), 'authority');
    await writeFile(join(root, 'certificates/mongodb/server.pem'), 'earlier');
    await writeFile(join(root, 'authority/ca.key'), 'key');
    make();
    expect(await filesOf('certificates')).toEqual(['ca/ca.crt', 'node/node.crt']);
    expect(await readFile(join(root, 'trusted/ca.crt'), 'utf8')).toBe('authority');
    expect(await filesOf('mongodb')).toContain('server.pem');
  });

  it.each(['api', 'projector', 'mongodb'])('%s is not given the log’s key', (service) => {
    const shared = /x-service: &service\n([\s\S]*?)\n\n/.exec(compose)?.[1] ?? '';
    const own = new RegExp(`\\n  ${service}:\\n([\\s\\S]*?)\\n\\n`).exec(compose)?.[1] ?? '';
    expect(own).not.toBe('');
    expect(shared + own).toContain('trusted:/certificates/ca:ro');
    expect(shared + own).not.toMatch(/[' -]certificates:\//);
  });
});
