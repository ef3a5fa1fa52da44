import type { CompletionRequest, Demands } from '@tandem/api/completion';
import type { Dialect, Piece } from './dialect';
import { without } from './fields';
import { readFinishReason } from './finish-reason';
import { isObject, type JsonObject, readCount, readJson } from './json';
import { promptOf } from './prompt-of';
import { readFailure } from './server-failure';

/** Its ranges are open: what is off must be left out, and greedy has a field of its own. */
function sampling({ temperature, top_p, top_k }: CompletionRequest['parameters']) {
  if (temperature === 0) return { do_sample: false };
  return {
    do_sample: true,
    temperature,
    ...(top_p < 1 ? { top_p } : {}),
    ...(top_k > 0 ? { top_k } : {}),
  };
}

function grammar({ format }: Demands) {
  if (format === undefined) return {};
  return { grammar: { type: 'json', value: format.type === 'json_object' ? { type: 'object' } : format.schema } };
}

function readUsage({ details }: JsonObject): Piece[] {
  if (!isObject(details)) return [];
  const prompt = readCount(details['prompt_tokens']) ?? readCount(details['input_length']);
  const completion = readCount(details['generated_tokens']);
  if (prompt === undefined || completion === undefined) return [];
  return [
    {
      kind: 'usage',
      usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
    },
  ];
}

function readDocument(text: string): readonly Piece[] {
  const document = readJson(text);
  if (!isObject(document)) return [{ kind: 'garbled' }];
  const { token, details } = document;
  const pieces: Piece[] = [];
  if (isObject(token) && token['special'] !== true && typeof token['text'] === 'string' && token['text'] !== '') {
    pieces.push({ kind: 'text', text: token['text'], reasoning: false });
  }
  const failure = readFailure(document);
  if (failure !== null) return [...pieces, { kind: 'failure', failure }];
  if (typeof document['generated_text'] !== 'string') return pieces;
  const reason = isObject(details) ? readFinishReason(String(details['finish_reason'])) : 'stop';
  const end: Piece = reason === 'broken' ? { kind: 'failure', failure: { message: 'it broke its answer off' } } : { kind: 'finish', reason };
  return [...pieces, ...readUsage(document), end];
}

/** Hugging Face's Text Generation Inference by its own route, which takes every sampling value. */
export const tgi: Dialect = {
  path: '/generate_stream',
  framing: 'events',
  endsWithBody: false,
  takes: new Set(['format', 'frequencyPenalty'] as const),
  passes: new Set(),
  requestBody: ({ messages, parameters, demands = {} }, _, omitted) => ({
    inputs: promptOf(messages),
    parameters: without(
      {
        ...sampling(parameters),
        repetition_penalty: parameters.repetition_penalty,
        max_new_tokens: parameters.max_tokens,
        seed: parameters.seed,
        stop: parameters.stop,
        return_full_text: false,
        details: true,
        ...grammar(demands),
        ...(demands.frequencyPenalty === undefined ? {} : { frequency_penalty: demands.frequencyPenalty }),
      },
      omitted,
    ),
  }),
  fields: {
    temperature: ['temperature'],
    top_p: ['top_p'],
    top_k: ['top_k'],
    repetition_penalty: ['repetition_penalty'],
    max_tokens: ['max_new_tokens'],
    seed: ['seed'],
    stop: ['stop'],
  },
  spare: ['details', 'return_full_text'],
  readEvent: ({ data }) => (data.trim() === '[DONE]' ? [{ kind: 'end' }] : readDocument(data)),
  readWhole(text) {
    const document = readJson(text);
    const first: unknown = Array.isArray(document) ? document[0] : document;
    if (!isObject(first)) return [{ kind: 'garbled' }];
    const { generated_text: answer } = first;
    const pieces = readDocument(JSON.stringify(first));
    return typeof answer === 'string' && answer !== '' ? [{ kind: 'text', text: answer, reasoning: false }, ...pieces] : pieces;
  },
};
