// `npm run gpu [cuda|vulkan]`: adds the binding's binary for a GPU, which the default installation leaves out (up to
// 540 MB). It lasts until the next `npm ci`. On a Mac with Apple silicon the one binary does both.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { own } from './keep-own-binary.mjs';

const PARTS = { cuda: ['cuda', 'cuda-ext'], vulkan: ['vulkan'] };

const kind = process.argv[2] ?? 'cuda';
const binding = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules', 'node-llama-cpp');
const { version, optionalDependencies } = JSON.parse(readFileSync(join(binding, 'package.json'), 'utf8'));
const packages = (PARTS[kind] ?? []).map((part) => `@node-llama-cpp/${own}-${part}`);

if (packages.length === 0) end(`There is no GPU binary called "${kind}". Ask for one of: ${Object.keys(PARTS).join(', ')}.`);
if (!packages.every((name) => name in optionalDependencies)) end(`The binding has no ${kind} binary for ${own}.`);

const parcels = mkdtempSync(join(tmpdir(), 'tandem-gpu-'));
try {
  for (const name of packages) {
    console.log(`Fetching ${name} ${version}…`);
    // npm checks what it fetches against the registry's checksum.
    const packed = run('npm', ['pack', `${name}@${version}`, '--json', '--loglevel=error', `--pack-destination=${parcels}`]);
    const { filename } = Object.values(JSON.parse(packed))[0];
    const place = join(binding, 'node_modules', name);
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place, { recursive: true });
    run('tar', ['-xzf', join(parcels, filename), '--strip-components=1', '-C', place]);
  }
} finally {
  rmSync(parcels, { recursive: true });
}
console.log(`The ${kind} binary is there. Restart Tandem; its log says "Ready: ${kind}" when a device was found.`);

function run(command, args) {
  const { status, stdout, error } = spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], shell: process.platform === 'win32' });
  if (status !== 0) end(`${command} failed${error ? ` (${error.message})` : ''}; the lines above say why.`);
  return stdout;
}

function end(message) {
  console.error(message);
  process.exit(1);
}
