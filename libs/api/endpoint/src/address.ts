import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Where clouds hand out credentials and what belongs to the machine, apart from the link-local ranges. */
const METADATA_NETWORKS = [
  '100.100.100.200/32', // Alibaba Cloud
  'fd00:100::100:200/128',
  '168.63.129.16/32', // Azure
  '192.0.0.192/32', // Oracle Cloud
  'fd00:c1::a9fe:a9fe/128',
  'fd00:ec2::/32', // AWS: instances, EKS pods (::23), name and time servers
  'fd20:ce::254/128', // Google Cloud
  'fd00:42::42/128', // Scaleway
  'fd00:a9fe:a9fe::/64', // Akamai
].map((network) => ipaddr.parseCIDR(network));

/** Names that lead to such addresses beside `metadata`, `instance-data` and what begins so and ends with `.internal`. */
const METADATA_NAMES = new Set([
  'metadata.goog',
  'metadata.tencentyun.com',
  'metadata.azure.com',
  'metadata.oraclecloud.com',
  'metadata.digitalocean.com',
  'metadata.exoscale.com',
  'metadata.platformequinix.com',
  'metadata.packet.net',
  'metadata.cloud.ibm.com',
  'api.metadata.cloud.ibm.com',
  'data-server',
]);
const METADATA_LABELS = new Set(['metadata', 'instance-data']);

const NEVER_A_SERVER = new Set(['linkLocal', 'unspecified', 'broadcast', 'multicast']);
const PRIVATE = new Set(['loopback', 'private', 'uniqueLocal', 'carrierGradeNat']);

/** Where an IPv4 address stands in an IPv6 one behind a translator's prefix of 48, 56, 64 or 96 bits (RFC 6052). */
const TRANSLATED = [
  [6, 7, 9, 10],
  [7, 9, 10, 11],
  [9, 10, 11, 12],
  [12, 13, 14, 15],
] as const;

const begins = (bytes: readonly number[], ...with_: readonly number[]) => with_.every((byte, at) => bytes[at] === byte);

/** The IPv4 addresses that an IPv6 one may stand for, the likeliest last; none where it is one of its own. */
function embedded(address: ipaddr.IPv6): ipaddr.IPv4[] {
  if (address.isIPv4MappedAddress()) return [address.toIPv4Address()];
  const bytes = address.toByteArray();
  const at = (...places: readonly number[]) => new ipaddr.IPv4(places.map((place) => bytes[place] ?? 0));
  switch (address.range()) {
    case 'rfc6145':
      return [at(12, 13, 14, 15)];
    case 'rfc6052':
      // the prefix for one's own network may be cut anywhere: what would be no address there is none
      return begins(bytes, 0, 0x64, 0xff, 0x9b, 0, 0)
        ? [at(12, 13, 14, 15)]
        : TRANSLATED.map((places) => at(...places)).filter(({ octets }) => octets[0] !== 0);
    case '6to4':
      return [at(2, 3, 4, 5)];
    case 'teredo':
      return [at(4, 5, 6, 7), new ipaddr.IPv4(bytes.slice(12).map((byte) => byte ^ 0xff))];
  }
  const isCompatible = bytes.slice(0, 12).every((byte) => byte === 0) && bytes[12] !== 0;
  const isTunnel = begins(bytes.slice(8), (bytes[8] ?? 0) & 2, 0, 0x5e, 0xfe);
  return isCompatible || isTunnel ? [at(12, 13, 14, 15)] : [];
}

/** A host as a resolver would take it: no brackets, zone or dots at the end, and numbers in any base as an address. */
function canonical(host: string): string {
  const bare =
    host
      .trim()
      .replace(/^\[|\]$/g, '')
      .split('%', 1)[0] ?? '';
  const read = bare.includes(':') ? bare : (URL.parse(`http://${host.trim()}`)?.hostname ?? bare);
  let end = read.length;
  while (read[end - 1] === '.') end -= 1;
  return read.slice(0, end).toLowerCase();
}

/** Everything that a host may be as an address; empty where it is a name. */
function readAddresses(host: string): Address[] {
  if (!ipaddr.isValid(host)) return [];
  const address = ipaddr.parse(host);
  return address instanceof ipaddr.IPv6 ? [address, ...embedded(address)] : [address];
}

function isMetadata(address: Address): boolean {
  return METADATA_NETWORKS.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));
}

function isMetadataName(name: string): boolean {
  const labels = name.split('.');
  return METADATA_NAMES.has(name) || (METADATA_LABELS.has(labels[0] ?? '') && (labels.length === 1 || labels.at(-1) === 'internal'));
}

/** Whether a host, name or address in any spelling, is one that no server of ours may have. Names are not resolved. */
export function isForbiddenHost(host: string): boolean {
  const name = canonical(host);
  const addresses = readAddresses(name);
  if (addresses.length === 0) return isMetadataName(name);
  return addresses.some((address) => NEVER_A_SERVER.has(address.range()) || isMetadata(address));
}

/** Whether a host is this machine or inside a private network, as far as its spelling tells. */
export function isPrivateHost(host: string): boolean {
  const name = canonical(host);
  const address = readAddresses(name).at(-1);
  if (address === undefined) return name === 'localhost' || name.endsWith('.localhost');
  return PRIVATE.has(address.range());
}
