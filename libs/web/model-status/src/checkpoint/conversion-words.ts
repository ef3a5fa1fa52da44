import type { Checkpoint, CheckpointFormat, ModelStatus } from '@tandem/shared/contracts';
import { type Coming } from './load-words';
import { sayMegabytes } from './say-megabytes';

const CONVERTIBLE: ReadonlySet<CheckpointFormat> = new Set(['pytorch', 'safetensors']);

export const CANNOT_BE_CONVERTED = 'cannot be converted';

/** What its conversion takes, or took: "will be converted once, about 260 MB"; empty for a GGUF, and for what cannot be used. */
export function sayConversion(checkpoint: Checkpoint | undefined, status: ModelStatus | undefined): string {
  if (!checkpoint?.loadable || typeof checkpoint.converted !== 'boolean' || isUnconvertible(checkpoint, status)) return '';
  const { converted, conversion_mb: size } = checkpoint;
  if (converted) return size === null ? 'converted' : `converted, ${sayMegabytes(size)}`;
  const words = status?.status === 'converting' ? 'being converted' : 'will be converted once';
  return size === null ? words : `${words}, about ${sayMegabytes(size)}`;
}

/** What Tandem believes about it that stands nowhere: "Assumed: 4 heads of 32." Empty where it had to believe nothing. */
export function sayAssumptions(checkpoint: Checkpoint | undefined): string {
  const assumptions = checkpoint?.assumptions ?? [];
  return assumptions.length === 0 ? '' : `Assumed: ${assumptions.join('; ')}.`;
}

/** Whether what is wrong with it is that no GGUF could be made of it. */
export function isUnconvertible(checkpoint: Checkpoint | undefined, status: ModelStatus | undefined): boolean {
  if (checkpoint === undefined || !CONVERTIBLE.has(checkpoint.format) || checkpoint.converted === true) return false;
  return !checkpoint.loadable || status?.status === 'failed';
}

/** What is about to be converted, before it is asked for the first time; empty where nothing is. */
export function sayConversionsAhead(
  models: readonly { readonly title: string; readonly checkpoint: Checkpoint | undefined; readonly coming: Coming | undefined }[],
): string {
  const ahead = models.filter(({ checkpoint, coming }) => !coming && checkpoint?.loadable === true && checkpoint.converted === false);
  const titles = [...new Map(ahead.map(({ title, checkpoint }) => [checkpoint?.name, title])).values()];
  if (titles.length === 0) return '';
  return titles.length === 1
    ? `${titles[0]} is converted when it is first asked, once; the checkpoint stays as it is.`
    : `${titles.join(' and ')} are converted when they are first asked, once; the checkpoints stay as they are.`;
}
