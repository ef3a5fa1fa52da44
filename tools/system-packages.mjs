// What some tests need from the system: installed when this is root on Debian, named otherwise.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const NEEDS = [
  { packages: ['chromium'], isThere: () => existsSync('/usr/bin/chromium'), for: 'browser tests' },
  {
    packages: ['python3-fastapi', 'python3-uvicorn'],
    isThere: () => spawnSync('/usr/bin/python3', ['-c', 'import fastapi, uvicorn']).status === 0,
    for: 'tests against a FastAPI model server',
  },
  { packages: ['nginx-light'], isThere: () => existsSync('/usr/sbin/nginx'), for: 'test of a rolling restart behind nginx' },
  { packages: ['debootstrap'], isThere: () => existsSync('/usr/sbin/debootstrap'), for: 'test of the image' },
];

export function installSystemPackages() {
  const missing = NEEDS.filter(({ isThere }) => !isThere());
  if (missing.length === 0) return;
  const packages = missing.flatMap((need) => need.packages);
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log(`Installing ${packages.join(', ')}…`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (...args) => spawnSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    apt('update');
    apt('install', '--yes', '--no-install-recommends', ...packages);
  }
  for (const need of missing.filter(({ isThere }) => !isThere())) {
    console.log(`Not there: ${need.packages.join(', ')}. The ${need.for} cannot run; get them with: apt-get install ${need.packages.join(' ')}`);
    if (process.env.CI === 'true') process.exit(1);
  }
}
