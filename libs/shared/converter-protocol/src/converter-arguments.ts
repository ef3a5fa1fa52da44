import type { ConversionJob } from './messages';

/** Enough for a vocabulary and a few pieces of weights; V8 ends the process beyond it. */
const HEAP_MB = 256;
/** What the converter is made of, beside each other in its folder. */
const OWN_FILES = ['main.js', 'gpt2-merges.txt.br'];
/** Collecting garbage on threads of its own, it would compute beside streams at their priority. */
const ONE_THREAD = '--v8-pool-size=0';
/** Its name before Node 22.13. */
const PERMISSION = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';

/**
 * Node's own arguments for a converter of one job: it reads the weights, what stands beside them and
 * itself, writes the target, and has neither processes, nor threads, nor native code.
 * @param folder where the converter lies, absolute
 */
export function converterArguments(folder: string, { weights, beside, target }: ConversionJob): string[] {
  // Its own size on the disk is asked for by the target's name.
  const readable = [...OWN_FILES.map((name) => `${folder}/${name}`), ...weights, ...beside, target];
  return [
    PERMISSION,
    ...[...new Set(readable)].map((path) => `--allow-fs-read=${path}`),
    `--allow-fs-write=${target}`,
    `--max-old-space-size=${HEAP_MB}`,
    ONE_THREAD,
  ];
}
