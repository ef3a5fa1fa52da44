import type { CompletionRequest } from '@tandem/api/completion';
import type { Dialect, Piece } from './dialect';
import { type ParameterFields, without } from './fields';
import { readFinishReason } from './finish-reason';
import { isObject, type JsonObject, readCount, readJson } from './json';
import { conversationOf, definitionsOf } from './ollama-tools';
import { promptOf } from './prompt-of';
import { readCalls } from './read-calls';
import { readLogprobs } from './read-logprobs';
import { readFailure } from './server-failure';

const NANOSECONDS_PER_MS = 1e6;

/** Of a chat in its message; of raw text in the line itself, under another name. */
function readText(line: JsonObject): Piece[] {
  const message: JsonObject = isObject(line['message']) ? line['message'] : { thinking: line['thinking'], content: line['response'] };
  const { thinking, content } = message;
  const pieces: Piece[] = [...readLogprobs({ content: line['logprobs'] })];
  if (typeof thinking === 'string' && thinking !== '') pieces.push({ kind: 'text', text: thinking, reasoning: true });
  if (typeof content === 'string' && content !== '') pieces.push({ kind: 'text', text: content, reasoning: false });
  return [...pieces, ...readCalls(message)];
}

function readNumbers(document: JsonObject): Piece[] {
  const prompt = readCount(document['prompt_eval_count']);
  const completion = readCount(document['eval_count']);
  const evalNs = readCount(document['eval_duration']) ?? 0;
  const loadNs = readCount(document['load_duration']);
  const pieces: Piece[] = [];
  if (prompt !== undefined && completion !== undefined) {
    const usage = { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
    pieces.push({ kind: 'usage', usage });
  }
  const timings = {
    ...(loadNs === undefined ? {} : { load_ms: loadNs / NANOSECONDS_PER_MS }),
    ...(completion && evalNs > 0 ? { tokens_per_second: (completion / evalNs) * 1e9 } : {}),
  };
  if (Object.keys(timings).length > 0) pieces.push({ kind: 'timings', timings });
  return pieces;
}

function readEnd({ done_reason: word }: JsonObject): Piece {
  // Older versions give no reason.
  if (word === undefined || word === null || word === '') return { kind: 'finish', reason: 'stop' };
  const reason = readFinishReason(String(word));
  if (word === 'load' || word === 'unload' || reason === 'broken') {
    return { kind: 'failure', failure: { message: `it ended the answer with the reason "${String(word)}"` } };
  }
  return { kind: 'finish', reason };
}

function readLine(text: string): readonly Piece[] {
  const document = readJson(text);
  if (!isObject(document)) return [{ kind: 'garbled' }];
  const pieces = readText(document);
  const failure = readFailure(document);
  if (failure !== null) return [...pieces, { kind: 'failure', failure }];
  if (document['done'] !== true) return pieces;
  return [...pieces, ...readNumbers(document), readEnd(document), { kind: 'end' }];
}

const FIELDS: ParameterFields = {
  temperature: ['temperature'],
  top_p: ['top_p'],
  top_k: ['top_k'],
  repetition_penalty: ['repeat_penalty'],
  max_tokens: ['num_predict'],
  seed: ['seed'],
  stop: ['stop'],
};

function requestBody({ parameters, demands = {} }: CompletionRequest, model: string, omitted: ReadonlySet<string>) {
  const { format, logprobs, presencePenalty, frequencyPenalty, minP = 0 } = demands;
  return {
    model,
    stream: true,
    // A conversation that is too long must be refused, not cut in silence.
    truncate: false,
    shift: false,
    ...(format === undefined ? {} : { format: format.type === 'json_object' ? 'json' : format.schema }),
    ...(logprobs === undefined ? {} : { logprobs: true, top_logprobs: logprobs }),
    options: {
      ...without(
        {
          temperature: parameters.temperature,
          top_p: parameters.top_p,
          top_k: parameters.top_k,
          min_p: minP,
          repeat_penalty: parameters.repetition_penalty,
          repeat_last_n: 64,
          num_predict: parameters.max_tokens,
          seed: parameters.seed,
          stop: parameters.stop,
          ...(presencePenalty === undefined ? {} : { presence_penalty: presencePenalty }),
          ...(frequencyPenalty === undefined ? {} : { frequency_penalty: frequencyPenalty }),
        },
        omitted,
      ),
      ...(minP === 0 ? {} : { min_p: minP }),
    },
  };
}

/**
 * Ollama's own chat route: by its OpenAI-compatible one it drops top_k and repetition_penalty in silence, and forgets
 * what failed in mid-stream.
 */
export const ollama: Dialect = {
  path: '/api/chat',
  framing: 'lines',
  endsWithBody: false,
  takes: new Set(['format', 'logprobs', 'presencePenalty', 'frequencyPenalty', 'minP', 'images', 'tools'] as const),
  passes: new Set(),
  fields: FIELDS,
  spare: ['min_p', 'repeat_last_n', 'truncate', 'shift'],
  requestBody: (request, model, omitted) => ({
    ...requestBody(request, model, omitted),
    messages: conversationOf(request.messages),
    ...(request.demands?.tools === undefined ? {} : { tools: definitionsOf(request.demands.tools) }),
  }),
  readEvent: ({ data }) => readLine(data),
  readWhole: readLine,
};

/** The same server, asked to go on with a text: without its template around it. */
export const ollamaRaw: Dialect = {
  ...ollama,
  path: '/api/generate',
  takes: new Set([...ollama.takes].filter((demand) => demand !== 'images')),
  requestBody: (request, model, omitted) => ({ ...requestBody(request, model, omitted), prompt: promptOf(request.messages), raw: true }),
};
