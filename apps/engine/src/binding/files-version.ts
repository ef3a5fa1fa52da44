import { statSync } from 'node:fs';
import type { CheckpointPaths } from '@tandem/shared/engine-protocol';

/** Names files together with what is in them now, so that a replaced file is another one. */
export function filesVersion(paths: CheckpointPaths): string {
  return paths
    .map((path) => {
      const stat = statSync(path, { throwIfNoEntry: false });
      return [path, stat?.ino, stat?.size, stat?.mtimeMs].join(':');
    })
    .join('\n');
}
