import { RefusedCheckpoint } from '@tandem/import/formats';
import type { Checkpoint } from './model';
import { architectureIn, isQuantised, quantised } from './models/hugging-face';

const NAMED = 3;

/** What is often mistaken for a model that writes text. */
const NEIGHBOURS: readonly (readonly [names: RegExp, what: string])[] = [
  [/lora_[AB]\b|\.lora_(?:down|up)\./, 'a LoRA adapter, a delta over another model’s weights'],
  [/^(?:model\.)?diffusion_model\.|^unet\.|down_blocks\.\d+\.resnets/, 'a model that makes images'],
  [/^(?:shared|encoder\.block|decoder\.block)\./, 'an encoder-decoder model, which rewrites a text instead of continuing one'],
  [/^(?:\w+\.)?encoder\.layer\.\d+\.attention\.self\.|^embeddings\.word_embeddings/, 'an encoder, which reads text and writes none'],
];
const BY_ARCHITECTURE: readonly (readonly [names: RegExp, what: string])[] = [
  [/For(?:Sequence|Token)Classification$/, 'a model that sorts texts and writes none'],
  [/ForConditionalGeneration$/, 'a model that needs more than text to go on from, or rewrites a text instead of continuing it'],
  [/Bert|Roberta|Electra|MPNet|Encoder|ForMaskedLM$/, 'an encoder, which reads text and writes none'],
];

/** What to say about weights whose names, however they are read, no family has. */
export function unknownFamily(readings: readonly Checkpoint[]): RefusedCheckpoint {
  const names = [...new Set(readings.flatMap(({ weights }) => [...weights.names]))];
  const config = readings[0]?.config ?? {};
  const architecture = architectureIn(config);
  const [, what] =
    NEIGHBOURS.find(([pattern]) => names.some((name) => pattern.test(name))) ?? BY_ARCHITECTURE.find(([pattern]) => pattern.test(architecture ?? '')) ?? [];
  if (what !== undefined) return new RefusedCheckpoint('family', `This is ${what}.`);
  if (isQuantised(config)) return quantised();
  if (architecture !== undefined)
    return new RefusedCheckpoint('family', `Tandem does not convert ${architecture}; a GGUF of it, where there is one, can be used.`);
  return new RefusedCheckpoint(
    'family',
    `No kind of model that Tandem converts names its weights like this (${names.slice(0, NAMED).join(', ')}); a GGUF of it, where there is one, can be used.`,
  );
}
