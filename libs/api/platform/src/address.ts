import ipaddr from 'ipaddr.js';

/** Where clouds hand out credentials, apart from the link-local range. */
const METADATA_ADDRESSES = new Set(['100.100.100.200', '168.63.129.16', '192.0.0.192', 'fd00:ec2::254']);
const METADATA_NAMES = new Set(['metadata.google.internal', 'metadata.goog', 'instance-data.ec2.internal']);

const NEVER_A_SERVER = new Set(['linkLocal', 'unspecified', 'broadcast', 'multicast']);
const PRIVATE = new Set(['loopback', 'private', 'uniqueLocal', 'carrierGradeNat']);

/** The IPv4 address that an IPv6 one stands for: mapped, NAT64 (`64:ff9b::/96`) or 6to4 (`2002::/16`). */
function embedded(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  const bytes = address.toByteArray();
  const range = address.range();
  if (range === 'rfc6052') return new ipaddr.IPv4(bytes.slice(12));
  if (range === '6to4') return new ipaddr.IPv4(bytes.slice(2, 6));
  return null;
}

function readAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const bare = text.replace(/^\[|\]$/g, '').replace(/%.*/s, '');
  if (!ipaddr.isValid(bare)) return null;
  const address = ipaddr.parse(bare);
  return address instanceof ipaddr.IPv6 ? (embedded(address) ?? address) : address;
}

/** Whether a host, name or address in any spelling, is one that no model server may have. Names are not resolved. */
export function isForbiddenHost(host: string): boolean {
  const address = readAddress(host);
  if (address === null) return METADATA_NAMES.has(host.toLowerCase());
  return NEVER_A_SERVER.has(address.range()) || METADATA_ADDRESSES.has(address.toString());
}

/** Whether a host is this machine or inside a private network, as far as its spelling tells. */
export function isPrivateHost(host: string): boolean {
  const address = readAddress(host);
  if (address === null) return /^(.+\.)?localhost$/i.test(host);
  return PRIVATE.has(address.range());
}
