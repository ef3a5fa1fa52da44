import type { ConvertedType } from '@tandem/shared/converter-protocol';

/** Token of the `ImportOptions` this room is opened with. */
export const IMPORT_OPTIONS = Symbol('IMPORT_OPTIONS');

export interface ImportOptions {
  /** Where checkpoints are looked for; conversions of them are kept in its `.converted` where `convertedDir` cannot be used. */
  readonly checkpointsDir: string;
  /** Where conversions are kept. Default: in the checkpoints folder. */
  readonly convertedDir?: string;
  /** What weights are written as. */
  readonly type: ConvertedType;
  /** Path of the bundled converter, `dist/apps/converter/main.js`. */
  readonly converterEntry: string;
  /** Seconds after which a converter that does not get on counts as hung and is ended. Default 30. */
  readonly hungAfterSeconds?: number;
  /** Memory that a converter may take before it is ended. Default 640 MB; it needs about 250. */
  readonly mostResidentBytes?: number;
}
