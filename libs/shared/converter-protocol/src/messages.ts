/** What weights are written as. Those that are 16 bits wide already stay as they are, unless 32 or 8 are asked for. */
export type ConvertedType = 'f32' | 'f16' | 'bf16' | 'q8_0';

/** A checkpoint that can be converted, known from its table of contents and from what stands beside it. */
export interface ConvertibleFacts {
  readonly family: string;
  /** llama.cpp's name for the graph that computes it. */
  readonly architecture: string;
  readonly parameters: number;
  readonly contextLength: number;
  readonly chatTemplate: boolean;
  /** For people: the tokenizer it will have. */
  readonly tokenizer: string;
  /** For people: what is believed about it that stands nowhere. */
  readonly assumptions: readonly string[];
  /** Texts at which an answer ends although no token says so. */
  readonly stopStrings: readonly string[];
  /** How large its GGUF will be, to a few percent. */
  readonly convertedBytes: number;
  /** Raised whenever the same checkpoint would become another file. */
  readonly converterVersion: number;
  /** The numbers among the metadata that its GGUF will have, and how many tokens there are. */
  readonly hyperparameters: Readonly<Record<string, number>>;
  readonly tokens: number;
  /** Every file the conversion is made of, absolute: the weights, then what stands beside them. */
  readonly weightPaths: readonly string[];
  readonly besidePaths: readonly string[];
}

/** What a converter is told once, on its standard input. Paths are absolute. */
export interface ConversionJob {
  /** Every file of weights, as its facts say them. */
  readonly weights: readonly string[];
  readonly beside: readonly string[];
  /** Written from nothing and left complete; whoever asked flushes it to the disk and gives it its name. */
  readonly target: string;
  readonly type: ConvertedType;
  /** What the model is called in its file. */
  readonly name: string;
}

/** About fifty of them; fewer where the file is too small to be watched. */
export interface ConversionProgress {
  readonly type: 'progress';
  readonly writtenBytes: number;
  readonly totalBytes: number;
}

/** Why a checkpoint cannot be used: a word for programs, and a sentence for people. */
export interface ConversionRefusal {
  readonly kind: string;
  readonly message: string;
}

export type ConversionAnswer = { readonly type: 'converted'; readonly bytes: number } | ({ readonly type: 'refused' } & ConversionRefusal);

/** Lines on its standard output: any number of steps, then one answer; a converter that ends without an answer has crashed. */
export type ConverterMessage = ConversionProgress | ConversionAnswer;
