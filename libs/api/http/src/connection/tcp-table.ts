import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { endianness } from 'node:os';
import ipaddr from 'ipaddr.js';

/** Where Linux shows the connections of a process's network, thousands of them on a busy server. */
const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];
/** One on which something is outstanding: the others, nearly all, are only passed over. */
const LINE =
  /^ *\d+: [0-9A-F]+:([0-9A-F]{4}) ([0-9A-F]+:[0-9A-F]{4}) [0-9A-F]{2} (?!00000000)([0-9A-F]{8}):[0-9A-F]{8} ([0-9A-F]{2}):[0-9A-F]{8} ([0-9A-F]{8}) +\d+ +(\d+) /gm;
/** One that has received something which nobody has read: the other side of a connection, where that is on this machine too. */
const UNREAD_LINE = /^ *\d+: ([0-9A-F]+:[0-9A-F]{4}) [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]{2} [0-9A-F]{8}:(?!00000000)([0-9A-F]{8}) /gm;
/** What stands before an IPv4 address on a socket for both kinds; the other side has its address without. */
const MAPPED = '0000000000000000FFFF0000';
/** Its timer runs until what was sent is acknowledged; then it is sent again. Another one runs while there is no room. */
const SENDING = '01';
/** How often it asked for room without an answer. The last one may just be on its way. */
const PROBES = 2;

/** What the system knows of a connection and no socket tells. */
export interface TcpState {
  /** Bytes that it took to send and the other side has not acknowledged. */
  readonly outstanding: number;
  /** Bytes that a client on this machine has received and not read; 0 for others, which do not tell. */
  readonly unread: number;
  /** Whether it waits for the other side to acknowledge them, or asked in vain whether there is room for more. */
  readonly isUnanswered: boolean;
  /** How often it sent or asked again since it heard anything. */
  readonly retries: number;
}

/** Connections that wait for their other side, by their ends as `endsOf` names them; empty on other systems. */
export async function readTcpTable(): Promise<ReadonlyMap<string, TcpState>> {
  const texts = await Promise.all(TABLES.map((path) => readFile(path, 'latin1').catch(() => '')));
  return parseTcpTable(texts.join('\n'));
}

export function parseTcpTable(text: string): ReadonlyMap<string, TcpState> {
  const states = new Map<string, TcpState>();
  const unread = new Map<string, number>();
  for (const [, client = '', port, received = ''] of text.matchAll(UNREAD_LINE))
    unread.set(`${port} ${client.replace(MAPPED, '')}`, Number.parseInt(received, 16));
  for (const [, port, remote = '', outstanding = '', timer, again = '', probes] of text.matchAll(LINE)) {
    const isUnanswered = timer === SENDING || Number(probes) >= PROBES;
    const retries = Math.max(Number.parseInt(again, 16), Number(probes));
    states.set(`${port} ${remote}`, {
      outstanding: Number.parseInt(outstanding, 16),
      unread: unread.get(`${port} ${remote.replace(MAPPED, '')}`) ?? 0,
      isUnanswered,
      retries,
    });
  }
  return states;
}

/** The own port and the other side's address and port, in the table's own writing; undefined once it is closed. */
export function endsOf({ localPort, remoteAddress, remotePort }: Socket): string | undefined {
  if (localPort === undefined || remoteAddress === undefined || remotePort === undefined) return undefined;
  const bytes = Buffer.from(ipaddr.parse(remoteAddress).toByteArray());
  // words of four bytes, as this machine holds them
  if (endianness() === 'LE') bytes.swap32();
  return `${hexOf(localPort)} ${bytes.toString('hex').toUpperCase()}:${hexOf(remotePort)}`;
}

function hexOf(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}
