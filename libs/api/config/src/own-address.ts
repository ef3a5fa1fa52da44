import { hostname, networkInterfaces } from 'node:os';
import { parseEndpoint } from '@tandem/api/endpoint';
import ipaddr from 'ipaddr.js';
import type { Environment } from './environment';
import type { PartialDocument } from './parse-document';
import { say, type Sentence } from './sentence';

/** Where Tandem itself listens. */
export type OwnAddress = Pick<Environment, 'host' | 'port'>;

/** Why a document would have Tandem ask itself, again and again; undefined where it would not. Names are not resolved. */
export function loopProblem(document: PartialDocument, own: OwnAddress): Sentence | undefined {
  for (const list of ['baseline_models', 'twodelta_models'] as const) {
    const at = document[list]?.findIndex(({ endpoint }) => isOwn(endpoint, own)) ?? -1;
    if (at >= 0) return say`${list}[${at}].endpoint leads to Tandem itself, which listens on port ${own.port}.`;
  }
  return undefined;
}

function isOwn(endpoint: string, own: OwnAddress): boolean {
  if (endpoint.startsWith('local:')) return false;
  const { hostname: asked, port, protocol } = parseEndpoint(endpoint);
  return isOwnAddress(asked.replace(/^\[|\]$/g, ''), Number(port || (protocol === 'https:' ? 443 : 80)), own);
}

/** Whether a host, as an address or by a name of this machine, and a port are where Tandem itself listens. */
export function isOwnAddress(target: string, targetPort: number, { host, port }: OwnAddress): boolean {
  if (targetPort !== port) return false;
  if (host === '0.0.0.0' || host === '::') return isLoopback(target) || ownNames().has(target);
  return isLoopback(host) ? isLoopback(target) : target === host;
}

/** Whether a host, as an address or by its usual names, is this machine and nothing else. */
export function isLoopback(host: string): boolean {
  return /^(.+\.)?localhost$/i.test(host) || (ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback');
}

function ownNames(): Set<string> {
  const addresses = Object.values(networkInterfaces()).flatMap((list = []) => list.map(({ address }) => address));
  return new Set([hostname().toLowerCase(), ...addresses]);
}
