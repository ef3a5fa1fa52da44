import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { type PickledValue, readPickle, RefusedCheckpoint } from '@tandem/import/formats';
import { parse } from 'yaml';
import { type Fields, fieldsOf } from '../fields';
import { limitOf } from './find-beside';

/** More references than any configuration has; fewer than it takes to fill the memory with them. */
const MAX_ALIASES = 50;

/** The documents beside a checkpoint, read when they are asked for. A document that cannot be read is refused by its name. */
export class Beside {
  constructor(readonly paths: readonly string[]) {}

  has(name: string): boolean {
    return this.find(name) !== undefined;
  }

  /** Undefined where there is none. */
  json(name: string): Fields | undefined {
    const path = this.find(name);
    return path === undefined ? undefined : read(path, (bytes) => fieldsOf(JSON.parse(bytes.toString('utf8'))));
  }

  text(name: string): string | undefined {
    const path = this.find(name);
    return path === undefined ? undefined : read(path, (bytes) => bytes.toString('utf8'));
  }

  /** The first whose name fits. */
  bytes(name: RegExp): Uint8Array | undefined {
    const path = this.paths.find((one) => name.test(basename(one)));
    return path === undefined ? undefined : read(path, (bytes) => bytes);
  }

  pickle(name: string): PickledValue | undefined {
    const path = this.find(name);
    return path === undefined ? undefined : read(path, readPickle);
  }

  /** Every YAML document that can be read, the nearest first; others are somebody else's. */
  yamls(): { readonly name: string; readonly fields: Fields }[] {
    return this.paths
      .filter((path) => /\.ya?ml$/i.test(path))
      .flatMap((path) => {
        try {
          return [{ name: basename(path), fields: read(path, yamlOf) }];
        } catch {
          return [];
        }
      });
  }

  private find(name: string): string | undefined {
    return this.paths.find((path) => basename(path) === name);
  }
}

function yamlOf(bytes: Buffer): Fields {
  return fieldsOf(parse(bytes.toString('utf8'), { maxAliasCount: MAX_ALIASES, logLevel: 'error' }));
}

function read<Content>(path: string, understand: (bytes: Buffer) => Content): Content {
  const name = basename(path);
  const bytes = bytesOf(path);
  try {
    return understand(bytes);
  } catch (thrown) {
    if (thrown instanceof RefusedCheckpoint) throw new RefusedCheckpoint(thrown.kind, `${name}: ${thrown.message}`, { cause: thrown });
    throw unreadable(name, thrown);
  }
}

function bytesOf(path: string): Buffer {
  const name = basename(path);
  const stats = statSync(path, { throwIfNoEntry: false });
  // a pipe would never come to an end
  if (stats?.isFile() === false) throw new RefusedCheckpoint('configuration', `${name}, which stands beside the checkpoint, is no plain file.`);
  const limit = limitOf(name);
  if (stats !== undefined && stats.size > limit)
    throw new RefusedCheckpoint('too-large', `${name} is ${stats.size} bytes long, and ${limit} are the most that a file of its kind may have.`);
  try {
    return readFileSync(path);
  } catch (thrown) {
    throw unreadable(name, thrown);
  }
}

function unreadable(name: string, cause: unknown): RefusedCheckpoint {
  return new RefusedCheckpoint('configuration', `${name}, which stands beside the checkpoint, cannot be read.`, { cause });
}
