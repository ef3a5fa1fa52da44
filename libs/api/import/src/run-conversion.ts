import { diskFull, Fault } from '@tandem/api/faults';
import { cancelledBy } from '@tandem/shared/concurrency';
import type { ConversionJob } from '@tandem/shared/converter-protocol';
import type { ConvertedFolder, PartialFile } from './converted-folder';
import { ConverterProcess, type ConverterEnd } from './converter-process';
import type { ConversionId, Convertible } from './convertible';
import { isDiskFull } from './disk';
import type { ImportOptions } from './import-options';

const HUNG_AFTER_SECONDS = 30;
const MB = 1024 * 1024;
const MOST_RESIDENT_BYTES = 640 * MB;
/** The size is foretold to a few percent. */
const mostWrittenBytes = (foretoldBytes: number): number => foretoldBytes * 1.25 + 64 * MB;

export interface ConversionRun {
  readonly convertible: Convertible;
  readonly current: () => Promise<ConversionId>;
  readonly folder: ConvertedFolder;
  readonly options: ImportOptions;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: number) => void;
}

/** Converts one checkpoint and keeps what came of it; nothing is left where that fails or is stopped. @throws Fault */
export async function runConversion(run: ConversionRun): Promise<void> {
  const partial = await run.folder.begin(run.convertible.id).catch((thrown: unknown) => refuseToWrite(thrown, run));
  try {
    await written(run, partial);
    run.signal.throwIfAborted();
    await refuseWhatChanged(run);
    await run.folder.keep(partial).catch((thrown: unknown) => refuseToWrite(thrown, run));
  } finally {
    await run.folder.discard(partial);
  }
}

async function written({ convertible, options, signal, onProgress }: ConversionRun, { path: target }: PartialFile): Promise<void> {
  signal.throwIfAborted();
  const { name, facts } = convertible;
  const job: ConversionJob = { weights: facts.weightPaths, beside: facts.besidePaths, target, type: options.type, name };
  refuseStars(job);
  const converter = new ConverterProcess({
    entry: options.converterEntry,
    job,
    hungAfterSeconds: options.hungAfterSeconds ?? HUNG_AFTER_SECONDS,
    mostResidentBytes: options.mostResidentBytes ?? MOST_RESIDENT_BYTES,
    mostWrittenBytes: mostWrittenBytes(facts.convertedBytes),
    onProgress,
  });
  const end = await cancelledBy(converter.ended, signal, () => void converter.destroy());
  signal.throwIfAborted();
  refuseWhatFailed(end, convertible);
}

/** In what Node's permission model is told, a star stands for everything that begins like it. */
function refuseStars({ weights, beside, target }: ConversionJob): void {
  if (![...weights, ...beside, target].some((path) => path.includes('*'))) return;
  throw new Fault('model_invalid', 'A checkpoint whose path holds a * cannot be converted: rename the file, or its folder.', { param: 'model' });
}

function refuseWhatFailed(end: ConverterEnd, { name, facts }: Convertible): void {
  switch (end.type) {
    case 'converted':
      return;
    case 'refused':
      if (end.kind === 'no-space') throw diskFull(name, facts.convertedBytes, 0);
      throw new Fault('model_invalid', end.message, { param: 'model' });
    case 'lost':
      if (end.isFilesFault)
        throw new Fault('model_invalid', `This checkpoint could not be converted: the process that does it was ended, since ${end.reason}.`, {
          param: 'model',
        });
      throw new Fault('local_model_crashed', `The process that converts checkpoints is gone: ${end.reason}. Try again.`, { retryable: true });
    default:
      end satisfies never;
  }
}

async function refuseWhatChanged({ convertible: { name, id }, current }: ConversionRun): Promise<void> {
  const now = await current().catch(() => null);
  if (now?.key !== id.key) throw new Fault('conflict', `${name}, or what stands beside it, changed while it was converted. Try again.`, { retryable: true });
}

function refuseToWrite(thrown: unknown, { convertible: { name, facts }, folder }: ConversionRun): never {
  if (isDiskFull(thrown)) throw diskFull(name, facts.convertedBytes, 0);
  const code = (thrown as NodeJS.ErrnoException).code ?? 'unknown error';
  throw new Fault('model_invalid', folder.obstacle ?? `This checkpoint cannot be converted: the folder for conversions cannot be written to (${code}).`, {
    param: 'model',
    cause: thrown,
  });
}
