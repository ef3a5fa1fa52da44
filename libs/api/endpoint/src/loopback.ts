import ipaddr from 'ipaddr.js';

/** Whether a host, as a `Host` header or a listener names it, is this machine and cannot be reached from any other. */
export function isLoopbackHost(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  return ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback';
}
