import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  readonly name?: string;
  readonly version?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Record<string, string>;
}

const root = join(import.meta.dirname, '..');
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> };
const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { allowScripts: Record<string, boolean> };

/** Everything that can be installed, by name. */
const packages = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, locked]) => ({ path, name: locked.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length), ...locked }));

/** Whether Node would find `name` from the package at `path`. */
function isLocked(name: string, path: string): boolean {
  if (`${path ? `${path}/` : ''}node_modules/${name}` in lock.packages) return true;
  return path !== '' && isLocked(name, path.slice(0, Math.max(0, path.lastIndexOf('node_modules/') - 1)));
}

describe('package-lock.json', () => {
  it('holds the optional packages of every platform, without which npm ci refuses to install', () => {
    const absent = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(name, path)),
    );
    expect(absent).toEqual([]);
  });

  it('has a checksum for every package but those that docs/dependencies.md explains', () => {
    const without = packages.filter(({ integrity }) => !integrity?.startsWith('sha512-')).map(({ name, version }) => `${name} ${version}`);
    const explained = [...readFileSync(join(root, 'docs/dependencies.md'), 'utf8').matchAll(/^- `([^`]+)`$/gm)].map(([, name]) => name);
    expect(without.toSorted()).toEqual(explained.toSorted());
  });

  it('brings no package that reports installations', () => {
    expect(packages.filter(({ name }) => name.startsWith('@scarf/'))).toEqual([]);
  });
});

describe('allowScripts in package.json', () => {
  it('says of every package with an install script whether npm runs it, and of no other', () => {
    const scripted = new Set(packages.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name));
    expect(Object.keys(own.allowScripts).toSorted()).toEqual([...scripted].toSorted());
  });

  it('lets the one run that brings Node, and names no version: without addresses in the lock file npm could not compare it', () => {
    expect(Object.entries(own.allowScripts).filter(([, isAllowed]) => isAllowed)).toEqual([['node', true]]);
  });
});
