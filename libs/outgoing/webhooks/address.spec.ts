import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { WebhookUrlFault } from '#domain';
import {
  AddressRefused,
  guardedLookup,
  mayBeSentTo,
  requireUrl,
  urlFault,
  type AddressRules,
} from './address.ts';

const rules = (given: Partial<AddressRules> = {}): AddressRules => ({
  ...{ WEBHOOK_NETWORKS: [], WEBHOOK_PORTS: [443], WEBHOOK_HTTP: false },
  ...given,
});

describe('an address that events are sent to', () => {
  it.each([
    'https://bus.example.vn/',
    'https://bus.example.vn:443/su-kien?kenh=1',
    'https://xn--trc-thngnht-example.vn/a',
    'https://8.8.8.8/',
    'https://[2606:4700::1111]/',
  ])('may be %s', (url) => {
    expect(urlFault(url, rules())).toBeUndefined();
  });

  it.each([
    ['', 'syntax'],
    ['bus.example.vn', 'syntax'],
    ['//bus.example.vn', 'syntax'],
    [' https://bus.example.vn', 'syntax'],
    ['https://bus.example.vn/\n', 'syntax'],
    ['https://bus.example.vn/#x', 'syntax'],
    ['https://', 'syntax'],
    ['https://[::1', 'syntax'],
    ['https://256.1.1.1/', 'syntax'],
    ['http://bus.example.vn/', 'scheme'],
    ['ftp://bus.example.vn/', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['gopher://bus.example.vn/', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['data:,x', 'scheme'],
    ['https://a:b@bus.example.vn/', 'credentials'],
    ['https://a@bus.example.vn/', 'credentials'],
    ['https://8.8.8.8@127.0.0.1/', 'credentials'],
    ['https://bus.example.vn:22/', 'port'],
    ['https://bus.example.vn:80/', 'port'],
    ['https://bus.example.vn:2113/', 'port'],
    ['https://127.0.0.1/', 'network'],
    ['https://127.1/', 'network'],
    ['https://2130706433/', 'network'],
    ['https://0x7f000001/', 'network'],
    ['https://0177.0.0.1/', 'network'],
    ['https://0/', 'network'],
    ['https://０.0.0.0/', 'network'],
    ['https://１２７.0.0.1/', 'network'],
    ['https://127。0。0。1/', 'network'],
    ['https:\\\\127.0.0.1\\x', 'network'],
    ['HTTPS://127.0.0.1./', 'network'],
    ['https://169.254.169.254/latest/meta-data/', 'network'],
    ['https://10.0.0.1/', 'network'],
    ['https://172.16.0.1/', 'network'],
    ['https://192.168.1.1/', 'network'],
    ['https://100.64.0.1/', 'network'],
    ['https://[::1]/', 'network'],
    ['https://[::]/', 'network'],
    ['https://[::ffff:127.0.0.1]/', 'network'],
    ['https://[::ffff:a9fe:a9fe]/', 'network'],
    ['https://[::127.0.0.1]/', 'network'],
    ['https://[64:ff9b::7f00:1]/', 'network'],
    ['https://[64:ff9b:1::a00:1]/', 'network'],
    ['https://[2002:7f00:1::]/', 'network'],
    ['https://[2001:0:7f00:1::]/', 'network'],
    ['https://[fe80::1]/', 'network'],
    ['https://[fec0::1]/', 'network'],
    ['https://[fd00:ec2::254]/', 'network'],
    ['https://[ff02::1]/', 'network'],
    ['https://[2001:db8::1]/', 'network'],
    ['https://[100::1]/', 'network'],
  ])('may not be %s: %s', (url, fault) => {
    expect(urlFault(url, rules())).toBe(fault);
  });

  it.each([
    ...['0.0.0.0', '0.1.2.3', '10.255.255.255', '100.127.255.255', '127.255.255.254'],
    ...['169.254.0.1', '172.31.255.255', '192.0.0.8', '192.0.2.1', '192.168.255.255'],
    ...['198.18.0.1', '198.19.255.255', '198.51.100.1', '203.0.113.1', '224.0.0.1'],
    ...['239.255.255.255', '240.0.0.1', '255.255.255.255', '::', '::1', '::ffff:10.0.0.1'],
    ...['::ffff:0:127.0.0.1', '64:ff9b::a9fe:a9fe', '2002:a00:1::1', '2001::1', '2001:10::1'],
    ...['2001:20::1', 'fc00::1', 'fdff::1', 'fe80::1', 'febf::1', 'ff00::1', '4000::1', '5f00::1'],
    ...['', 'localhost', '127.0.0.1:443', '1.2.3.4/0', '%31', '8.8.8.8 '],
  ])('does not lead to %s', (address) => {
    expect(mayBeSentTo(address, rules())).toBe(false);
  });

  it('never is one of this machine’s or a private network’s, however it is written', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const first = fc.constantFrom('10', '127', '192.168', '169.254', '172.16', '100.64', '0');
    fc.assert(
      fc.property(first, byte, byte, byte, (network, ...rest) => {
        const bytes = [...network.split('.').map(Number), ...rest].slice(0, 4);
        const dotted = bytes.join('.');
        const number = bytes.reduce((sum, one) => sum * 256 + one, 0);
        for (const host of [dotted, String(number), `0x${number.toString(16)}`])
          expect([host, urlFault(`https://${host}/`, rules())]).toEqual([host, 'network']);
        expect(mayBeSentTo(`::ffff:${dotted}`, rules())).toBe(false);
      }),
    );
  });

  it('may be in a network that was named, and only there', () => {
    const ours = rules({ WEBHOOK_NETWORKS: ['10.20.0.0/16', 'fd00:20::/32'] });
    for (const inside of ['10.20.3.4', '::ffff:10.20.3.4', 'fd00:20::1'])
      expect([inside, mayBeSentTo(inside, ours)]).toEqual([inside, true]);
    for (const outside of ['10.21.3.4', '127.0.0.1', 'fd00:21::1', '::ffff:10.21.0.1'])
      expect([outside, mayBeSentTo(outside, ours)]).toEqual([outside, false]);
  });

  it('may be http and another port only where that is set', () => {
    const open = rules({ WEBHOOK_HTTP: true, WEBHOOK_PORTS: [80, 8443] });
    expect(urlFault('http://bus.example.vn/', open)).toBeUndefined();
    expect(urlFault('https://bus.example.vn:8443/', open)).toBeUndefined();
    expect(urlFault('https://bus.example.vn/', open)).toBe('port');
    expect(urlFault('ftp://bus.example.vn/', open)).toBe('scheme');
  });
});

/** An address that is refused, and one as the refusal says it should be. */
const mended: Readonly<Record<WebhookUrlFault, readonly [refused: string, then: string]>> = {
  syntax: ['bus.example.vn/su-kien#a', 'https://bus.example.vn/su-kien'],
  scheme: ['http://bus.example.vn/su-kien', 'https://bus.example.vn/su-kien'],
  credentials: ['https://a:b@bus.example.vn/', 'https://bus.example.vn/'],
  port: ['https://bus.example.vn:8443/', 'https://bus.example.vn:443/'],
  name: ['https://khong-co.example.vn/', 'https://bus.example.vn/'],
  network: ['https://10.20.0.1/', 'https://bus.example.vn/'],
};

it.each(Object.entries(mended))(
  'a refusal for %s says what to do, and doing it lets the address through: %j',
  async (because, [refused, then]) => {
    const known: Resolve = (name, options, done) =>
      (name.startsWith('bus.') ? names(['8.8.8.8']) : names(new Error('ENOTFOUND')))(
        name,
        options,
        done,
      );
    await expect(requireUrl(refused, rules(), known)).rejects.toMatchObject({
      code: 'WEBHOOK_URL',
      details: { because },
    });
    await requireUrl(then, rules(), known);
  },
);

type Resolve = NonNullable<Parameters<typeof guardedLookup>[1]>;

/** Answers each question with the next of these. */
function names(...answers: readonly (readonly string[] | Error)[]): Resolve {
  let asked = 0;
  return (_name, _options, done) => {
    const answer = answers[Math.min(asked, answers.length - 1)] ?? [];
    asked += 1;
    if (answer instanceof Error) done(answer);
    else
      done(
        null,
        answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
  };
}

const connectedTo = (resolve: Resolve, all: boolean) =>
  new Promise((told) => {
    guardedLookup(rules(), resolve)('bus.example.vn', { all }, (error, found) =>
      told(error ?? found),
    );
  });

describe('a name that events are sent to', () => {
  it('leads a connection to addresses that were looked at, and to no other', async () => {
    const address = { address: '8.8.8.8', family: 4 };
    expect(await connectedTo(names(['8.8.8.8']), true)).toEqual([address]);
    expect(await connectedTo(names(['8.8.8.8']), false)).toBe('8.8.8.8');
  });

  it('leads nowhere where one of its addresses is refused, or there is none', async () => {
    for (const all of [true, false]) {
      const mixed = await connectedTo(names(['8.8.8.8', '169.254.169.254']), all);
      expect(mixed).toBeInstanceOf(AddressRefused);
      expect(await connectedTo(names(['::1']), all)).toBeInstanceOf(AddressRefused);
      expect(await connectedTo(names([]), all)).toBeInstanceOf(Error);
      expect(await connectedTo(names(new Error('ENOTFOUND')), all)).toBeInstanceOf(Error);
    }
  });

  it('is looked at anew with each connection: one that led elsewhere when it was subscribed leads nowhere now', async () => {
    const rebound = names(['8.8.8.8'], ['127.0.0.1']);
    await requireUrl('https://bus.example.vn/', rules(), rebound);
    expect(await connectedTo(rebound, true)).toBeInstanceOf(AddressRefused);
  });

  it.each([
    ['network', names(['10.0.0.1'])],
    ['name', names(new Error('ENOTFOUND'))],
    ['name', names([])],
  ])('is not subscribed with where it leads nowhere: %s', async (because, resolve) => {
    await expect(requireUrl('https://bus.example.vn/', rules(), resolve)).rejects.toMatchObject({
      code: 'WEBHOOK_URL',
      details: { because },
    });
  });
});
