import type { CheckpointStatus } from '@tandem/api/inference';
import type { ModelStatus } from '@tandem/shared/contracts';

const BYTES_PER_MB = 1024 * 1024;

/** A seat's status under the name that clients use. */
export function modelStatusOf(name: string, { status, progress, error, memoryBytes, activeGenerations, lastUsed }: CheckpointStatus): ModelStatus {
  return {
    name,
    status,
    loaded: status === 'loaded',
    progress: Math.round(progress * 100) / 100,
    error,
    memory_mb: memoryBytes === null ? null : megabytes(memoryBytes),
    active_generations: activeGenerations,
    last_used: lastUsed?.toISOString() ?? null,
  };
}

export function megabytes(bytes: number): number {
  return Math.round((bytes / BYTES_PER_MB) * 10) / 10;
}
