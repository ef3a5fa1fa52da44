// Loaded before promptfoo: it says hello to its maker's host where telemetry is off, too. Here nobody is found but this machine.
import dns from 'node:dns';

const { lookup } = dns;
const OWN = new Set(['127.0.0.1', 'localhost']);

dns.lookup = (name, options, done = options) =>
  OWN.has(name) ? lookup(name, options, done) : process.nextTick(done, Object.assign(new Error(`${name} is not asked`), { code: 'ENOTFOUND' }));
