import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { RefusedCheckpoint } from '@tandem/import/formats';

/** What the weights of a folder are called, the best first. */
const NAMES = [
  'model.safetensors.index.json',
  'model.safetensors',
  'pytorch_model.bin.index.json',
  'pytorch_model.bin',
  'lit_model.pth',
  'consolidated.00.pth',
  'consolidated.safetensors',
];
const WEIGHTS = /\.(?:safetensors|pth?|ckpt|bin)$/i;

/** The file that a folder's weights are opened by; a file is its own. */
export function weightsAt(path: string): string {
  if (!statSync(path).isDirectory()) return path;
  const named = NAMES.map((name) => join(path, name)).find((file) => existsSync(file));
  if (named !== undefined) return named;
  const files = readdirSync(path).filter((name) => WEIGHTS.test(name) && statSync(join(path, name)).isFile());
  const [only] = files;
  if (only !== undefined && files.length === 1) return join(path, only);
  throw new RefusedCheckpoint(
    'weights',
    files.length === 0
      ? 'There are no weights in this folder.'
      : `There are several files of weights in this folder (${files.length}) and no index that says how they belong together.`,
  );
}
