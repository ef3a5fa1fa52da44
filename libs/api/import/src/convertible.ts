import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { relative } from 'node:path';
import type { ConvertedType, ConvertibleFacts } from '@tandem/shared/converter-protocol';

/** What a conversion is known by: the checkpoint it is of, and everything that it is made from. */
export interface ConversionId {
  readonly source: string;
  /** Changes with any of its files, with the type they are converted to, and with the converter. */
  readonly key: string;
}

/** A checkpoint that can be converted, as it was at one moment. */
export interface Convertible {
  readonly name: string;
  readonly facts: ConvertibleFacts;
  readonly id: ConversionId;
}

/** `folder`: the checkpoints folder. @throws when one of the files is gone */
export async function conversionIdOf(name: string, facts: ConvertibleFacts, { folder, type }: { folder: string; type: ConvertedType }): Promise<ConversionId> {
  const { converterVersion, weightPaths, besidePaths } = facts;
  const files = await Promise.all([...weightPaths, ...besidePaths].map((path) => identityOf(path, folder)));
  return { source: sourceOf(name), key: hash(JSON.stringify([converterVersion, type, name, files])).slice(0, 32) };
}

/** The first part of an id. */
export function sourceOf(name: string): string {
  return hash(name).slice(0, 16);
}

async function identityOf(path: string, folder: string): Promise<string> {
  const { size, ino, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  return [relative(folder, path), size, ino, mtimeNs, ctimeNs].join(' ');
}

export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
