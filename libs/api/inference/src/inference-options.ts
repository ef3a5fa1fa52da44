/** Token of the `InferenceOptions` this room is opened with. */
export const INFERENCE_OPTIONS = Symbol('INFERENCE_OPTIONS');

export interface InferenceOptions {
  /** Where local checkpoints are looked for. It may be missing. */
  readonly checkpointsDir: string;
  /** Where conversions of checkpoints are kept, if not in a hidden folder of that one; what lies there is no checkpoint. */
  readonly convertedDir?: string;
  /** For how many seconds a look at that folder is good while it is watched: some network folders tell nothing of a change. Default 10. */
  readonly freshSeconds?: number;
  /** Threads that may compute at once, over all models. More than there are cores makes everything slower. */
  readonly threads: number;
  /** Whether a GPU is used where there is one and its binary is installed. Default true. */
  readonly usesGpu?: boolean;
  /** Path of the bundled engine, `dist/apps/engine/main.js`. */
  readonly engineEntry: string;
  /** Seconds of silence after which a running engine counts as hung and is ended. Default 8; it speaks every second. */
  readonly hungAfterSeconds?: number;
  /** Memory that all local models may take together. Default: what the machine has. */
  readonly memoryBytes?: number;
  /** How long a load waits for memory that others are using to answer, in seconds. Default 60. */
  readonly roomWaitSeconds?: number;
  /** After how many minutes without use a model is unloaded. Default 0: never. */
  readonly idleUnloadMinutes?: number;
}
