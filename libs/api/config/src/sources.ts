import { readFile, stat } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import type { ModelSource } from '@tandem/shared/contracts';
import { ConfigurationError } from './configuration-error';
import { documentText, MAX_DOCUMENT_BYTES, TOO_LARGE } from './document-text';
import type { Environment } from './environment';
import { parseDocument, parseEntries, parseJson, type PartialDocument, type WarnUnknown } from './parse-document';
import { say, type Sentence } from './sentence';

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
export function environmentSource({ baselineModels, twodeltaModels, apiKeyVariables }: Environment): ConfigSource {
  return {
    name: 'env',
    load: async (warn) => {
      const list = (name: string, text: string) => parseEntries(name, '', parseJson(name, text), warn, apiKeyVariables);
      return {
        ...(baselineModels === undefined ? {} : { baseline_models: list('BASELINE_MODELS', baselineModels) }),
        ...(twodeltaModels === undefined ? {} : { twodelta_models: list('TWODELTA_MODELS', twodeltaModels) }),
      };
    },
  };
}

/**
 * The local file. That it is missing is fine, unless `CONFIG_FILE` names it or it was there before. Messages go to the
 * page too: they name the file as it was configured, and no folder of this machine.
 */
export function fileSource({ configFile, isConfigFileExplicit, apiKeyVariables }: Environment): ConfigSource {
  const origin = isAbsolute(configFile) ? basename(configFile) : configFile;
  let wasThere = false;
  const refuse = (problem: string | Sentence) => new ConfigurationError(origin, problem);
  return {
    name: 'file',
    load: async (warn) => {
      try {
        const { size } = await regularFile(configFile, refuse);
        wasThere = true;
        if (size > MAX_DOCUMENT_BYTES) throw refuse(say`${TOO_LARGE}.`);
        return parseDocument(origin, documentText(origin, await readFile(configFile)), warn, apiKeyVariables);
      } catch (error) {
        if (error instanceof ConfigurationError) throw error;
        const code = (error as NodeJS.ErrnoException).code;
        if (code !== 'ENOENT') throw refuse(say`cannot be read (${code ?? 'unknown error'}).`);
        if (wasThere) throw refuse('is gone. Put it back, or restart Tandem to go without it.');
        if (isConfigFileExplicit) throw refuse('does not exist (CONFIG_FILE names it).');
        return {};
      }
    },
  };
}

/** Reading a pipe or a device would never end. */
async function regularFile(path: string, refuse: (problem: string) => ConfigurationError) {
  const found = await stat(path);
  if (!found.isFile()) throw refuse('is not a file.');
  return found;
}

const DEMO_BASE = 'local:pretrain/tandem-tiny-base.gguf';
const DEMO_CHAT = 'local:sft/tandem-tiny-chat.gguf';

/** Where the checkpoints are that come with Tandem. */
export const DEMO_ENDPOINTS: ReadonlySet<string> = new Set([DEMO_BASE, DEMO_CHAT]);

/** What is compared on a fresh install: the two checkpoints that come with Tandem. */
export const defaultSource: ConfigSource = {
  name: 'default',
  load: async () => ({
    baseline_models: [
      {
        name: 'Tandem tiny base',
        endpoint: DEMO_BASE,
        description: 'A very small demo model that continues text. It comes with Tandem.',
        type: 'Pretrained',
      },
    ],
    twodelta_models: [
      {
        name: 'Tandem tiny chat',
        endpoint: DEMO_CHAT,
        description: 'The same very small model, tuned to answer questions. It comes with Tandem.',
        type: 'SFT',
        baseline_id: 'tandem-tiny-base',
      },
    ],
  }),
};
