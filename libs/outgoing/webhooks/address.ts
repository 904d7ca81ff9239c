import { lookup as lookUp, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Config } from '#config';
import { refuse, type WebhookUrlFault } from '#domain';

/** Where webhooks may go. */
export type AddressRules = Pick<Config, 'WEBHOOK_NETWORKS' | 'WEBHOOK_PORTS' | 'WEBHOOK_HTTP'>;

/** Everything of the Internet that is not set apart for something lies in there. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');

type Address = ReturnType<typeof ipaddr.process>;

const isWithin = (address: Address, [network, bits]: ReturnType<typeof ipaddr.parseCIDR>) =>
  address.kind() === network.kind() && address.match(network, bits);

/**
 * Whether an address may be sent to: one of the public Internet, or of a network that is named. Not
 * so what leads back into this machine or what stands around it: loopback, private and link-local
 * networks, and those that carry an IPv4 address within (NAT64, 6to4, Teredo).
 */
export function mayBeSentTo(text: string, { WEBHOOK_NETWORKS }: AddressRules): boolean {
  if (!ipaddr.isValid(text)) return false;
  // An IPv4 address that is written as an IPv6 one is what it stands for.
  const address = ipaddr.process(text);
  if (WEBHOOK_NETWORKS.some((network) => isWithin(address, ipaddr.parseCIDR(network)))) return true;
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || isWithin(address, GLOBAL_IPV6);
}

/** A name leads where nothing is sent. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

type Resolve = (
  name: string,
  options: LookupOptions & { readonly all: true },
  done: (error: NodeJS.ErrnoException | null, addresses?: LookupAddress[]) => void,
) => void;

/**
 * The look-up of a connection: every address the name has is looked at, and the connection is made to
 * one of these very addresses, so that a name that leads elsewhere a moment later leads nowhere.
 */
export function guardedLookup(rules: AddressRules, resolve: Resolve = lookUp): LookupFunction {
  return (name, options, done) => {
    resolve(name, { ...options, all: true }, (error, addresses = []) => {
      const [first] = addresses;
      const refused = error ? undefined : addresses.find((one) => !mayBeSentTo(one.address, rules));
      const failed =
        error ?? (refused && new AddressRefused(`${name} leads to ${refused.address}`));
      if (failed || !first) done(failed ?? new Error(`${name} has no address`), '', 0);
      else if (options.all === true) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
}

/** The name without the brackets of an IPv6 address. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');

/** What is wrong with an address as it is written; undefined where nothing is, which says nothing of where its name leads. */
export function urlFault(text: string, rules: AddressRules): WebhookUrlFault | undefined {
  if (!URL.canParse(text) || /\s/.test(text)) return 'syntax';
  const url = new URL(text);
  const isHttp = url.protocol === 'http:' && rules.WEBHOOK_HTTP;
  if (url.protocol !== 'https:' && !isHttp) return 'scheme';
  if (url.username !== '' || url.password !== '') return 'credentials';
  if (text.includes('#')) return 'syntax';
  const port = url.port === '' ? (isHttp ? 80 : 443) : Number(url.port);
  if (!rules.WEBHOOK_PORTS.includes(port)) return 'port';
  const host = hostOf(url);
  return isIP(host) !== 0 && !mayBeSentTo(host, rules) ? 'network' : undefined;
}

/** Looks at an address as it is written and at where its name leads now. @throws Refusal WEBHOOK_URL */
export async function requireUrl(
  text: string,
  rules: AddressRules,
  resolve: Resolve = lookUp,
): Promise<void> {
  const fault = urlFault(text, rules) ?? (await hostFault(hostOf(new URL(text)), rules, resolve));
  if (fault !== undefined) refuse('WEBHOOK_URL', { because: fault });
}

async function hostFault(
  host: string,
  rules: AddressRules,
  resolve: Resolve,
): Promise<WebhookUrlFault | undefined> {
  if (isIP(host) !== 0) return undefined;
  return new Promise((told) => {
    guardedLookup(rules, resolve)(host, { all: true }, (error) => {
      if (!error) told(undefined);
      else told(error instanceof AddressRefused ? 'network' : 'name');
    });
  });
}
