// What some tests need from the system: installed when this is root on Debian, named otherwise.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A release of Debian that has llama.cpp, in a folder of its own: fetched once and kept. */
const LLAMA_CPP = join(homedir(), '.cache', 'tandem', 'llama.cpp');
const DEBOOTSTRAP = ['debootstrap', '--variant=minbase', '--include=llama.cpp,llama.cpp-tools', 'sid', join(LLAMA_CPP, 'root')];

const NEEDS = [
  {
    packages: ['chromium-headless-shell'],
    isThere: () => existsSync('/usr/bin/chromium-headless-shell'),
    /** Takes three times as long. */
    orElse: () => existsSync('/usr/bin/chromium'),
    for: 'browser tests',
  },
  { packages: ['firefox-esr'], isThere: () => existsSync('/usr/bin/firefox-esr'), for: 'browser tests in Firefox' },
  {
    packages: ['python3-fastapi', 'python3-uvicorn'],
    isThere: () => spawnSync('/usr/bin/python3', ['-c', 'import fastapi, uvicorn']).status === 0,
    for: 'tests against a FastAPI model server',
  },
  { packages: ['nginx-light'], isThere: () => existsSync('/usr/sbin/nginx'), for: 'test of a rolling restart behind nginx' },
  { packages: ['prometheus'], isThere: () => existsSync('/usr/bin/promtool'), for: 'check of the metrics by promtool' },
  { packages: ['debootstrap'], isThere: () => existsSync('/usr/sbin/debootstrap'), for: 'tests of the image and against llama.cpp' },
];

export function installSystemPackages() {
  installPackages();
  makeLlamaCpp();
}

function installPackages() {
  const missing = NEEDS.filter(({ isThere }) => !isThere());
  if (missing.length === 0) return;
  const packages = missing.flatMap((need) => need.packages);
  if (isRoot() && existsSync('/usr/bin/apt-get')) {
    console.log(`Installing ${packages.join(', ')}…`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (...args) => spawnSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    apt('update');
    apt('install', '--yes', '--no-install-recommends', ...packages);
  }
  for (const need of missing.filter(({ isThere, orElse }) => !isThere() && !orElse?.())) {
    console.log(`Not there: ${need.packages.join(', ')}. The ${need.for} cannot run; get them with: apt-get install ${need.packages.join(' ')}`);
    if (process.env.CI === 'true') process.exit(1);
  }
}

function makeLlamaCpp() {
  const complete = join(LLAMA_CPP, 'complete');
  if (existsSync(complete)) return;
  if (isRoot() && existsSync('/usr/sbin/debootstrap')) {
    console.log('Fetching llama.cpp…');
    rmSync(LLAMA_CPP, { recursive: true, force: true });
    mkdirSync(LLAMA_CPP, { recursive: true });
    const [command, ...args] = DEBOOTSTRAP;
    const { status } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 10 * 60_000 });
    if (status === 0) mkdirSync(complete);
  }
  if (existsSync(complete)) return;
  console.log(`Not there: llama.cpp. The tests against its server cannot run; get it as root with: ${DEBOOTSTRAP.join(' ')} && mkdir ${complete}`);
  if (process.env.CI === 'true') process.exit(1);
}

function isRoot() {
  return process.getuid?.() === 0;
}
