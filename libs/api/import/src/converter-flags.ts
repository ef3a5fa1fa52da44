import { dirname, sep } from 'node:path';
import { Fault } from '@tandem/api/platform';

/** What the converter's own objects may take; weights are buffers beside them. */
const MAX_HEAP_MB = 256;

/** What Node is told of a converter: it reads these files and its own, writes that one, and may do nothing else. */
export function converterFlags(entry: string, readable: readonly string[], target: string): string[] {
  const paths = [...new Set(readable)];
  // A star would stand for everything that begins like it.
  if ([...paths, target].some((path) => path.includes('*'))) {
    throw new Fault('model_invalid', 'A checkpoint whose path holds a * cannot be converted: rename the file, or its folder.', { param: 'model' });
  }
  return [
    '--permission',
    ...[dirname(entry) + sep, ...paths, target].map((path) => `--allow-fs-read=${path}`),
    `--allow-fs-write=${target}`,
    `--max-old-space-size=${MAX_HEAP_MB}`,
    // Collecting garbage on threads of their own, it would compute beside streams at their own priority.
    '--v8-pool-size=0',
  ];
}
