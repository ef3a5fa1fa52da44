import { readFile } from 'node:fs/promises';
import type { ModelSource } from '@tandem/shared/contracts';
import { ConfigurationError } from './configuration-error';
import type { Environment } from './environment';
import { parseDocument, parseEntries, parseJson, type PartialDocument, type WarnUnknown } from './parse-document';

/** One place models are configured in. The first source that gives a list wins it. */
export interface ConfigSource {
  readonly name: Exclude<ModelSource, 'checkpoint'>;
  /** The lists it gives, none when it is not in use. Rejects with a `ConfigurationError` when what it holds is wrong. */
  load(warn: WarnUnknown): Promise<PartialDocument>;
  /** Only of a source elsewhere, which may be out of reach. */
  readonly remote?: RemoteParts;
}

/** What a source elsewhere can do besides. */
export interface RemoteParts {
  readonly etag: string | undefined;
  /** What it gave last, also before this start. */
  lastGood(): Promise<PartialDocument | undefined>;
  /** What it gave is in force now. */
  accept(): Promise<void>;
  /** What it gave was refused as a whole; it is read again next time. */
  refuse(): void;
  close(): void;
}

/** `BASELINE_MODELS` and `TWODELTA_MODELS`. */
export function environmentSource({ baselineModels, twodeltaModels }: Environment): ConfigSource {
  return {
    name: 'env',
    load: async (warn) => {
      const list = (name: string, text: string) => parseEntries(name, '', parseJson(name, text), warn);
      return {
        ...(baselineModels === undefined ? {} : { baseline_models: list('BASELINE_MODELS', baselineModels) }),
        ...(twodeltaModels === undefined ? {} : { twodelta_models: list('TWODELTA_MODELS', twodeltaModels) }),
      };
    },
  };
}

/** The local file. That it is missing is fine, unless `CONFIG_FILE` names it. */
export function fileSource({ configFile, isConfigFileExplicit }: Environment): ConfigSource {
  return {
    name: 'file',
    load: async (warn) => {
      try {
        return parseDocument(configFile, await readFile(configFile, 'utf8'), warn);
      } catch (error) {
        if (error instanceof ConfigurationError) throw error;
        const code = (error as NodeJS.ErrnoException).code;
        if (code === 'ENOENT' && !isConfigFileExplicit) return {};
        throw new ConfigurationError(configFile, code === 'ENOENT' ? 'does not exist (CONFIG_FILE names it).' : `cannot be read (${code ?? 'unknown error'}).`);
      }
    },
  };
}

/** What is compared on a fresh install: the two checkpoints that come with Tandem. */
export const defaultSource: ConfigSource = {
  name: 'default',
  load: async () => ({
    baseline_models: [
      {
        name: 'Tandem tiny base',
        endpoint: 'local:pretrain/tandem-tiny-base.gguf',
        description: 'A very small demo model that continues text. It comes with Tandem.',
        type: 'Pretrained',
      },
    ],
    twodelta_models: [
      {
        name: 'Tandem tiny chat',
        endpoint: 'local:sft/tandem-tiny-chat.gguf',
        description: 'The same very small model, tuned to answer questions. It comes with Tandem.',
        type: 'SFT',
        baseline_id: 'tandem-tiny-base',
      },
    ],
  }),
};
