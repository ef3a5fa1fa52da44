import { TOOL_CALL, TOOL_CALL_PIECE } from './tool-schemas';
import { count, listOf, oneOf, record, type SchemaObject, text } from '@tandem/api/openapi';
import { FINISH_REASONS } from '@tandem/shared/contracts';

const nullable = (schema: object): SchemaObject => ({ anyOf: [schema, { type: 'null' }] }) as unknown as SchemaObject;

const likely = {
  token: text('Hello'),
  logprob: {
    type: 'number',
    maximum: 0,
    example: -0.25,
    description: 'The natural logarithm of its probability; -9999 stands for the logarithm of 0',
  } as SchemaObject,
  bytes: { type: ['array', 'null'], items: { type: 'integer', minimum: 0, maximum: 255 } } as unknown as SchemaObject,
};

export const TOKEN_LOGPROB = record('OpenAiTokenLogprob', { ...likely, top_logprobs: listOf(record('OpenAiLikelyToken', likely)) });

const CHAT_LOGPROBS = record('OpenAiLogprobs', {
  content: listOf(TOKEN_LOGPROB),
  refusal: { type: 'null' },
});

const TEXT_LOGPROBS = record('OpenAiTextLogprobs', {
  tokens: listOf({ type: 'string' }),
  token_logprobs: listOf({ type: ['number', 'null'], maximum: 0, description: 'Null for the first token of a prompt' } as unknown as SchemaObject),
  top_logprobs: listOf({ type: ['object', 'null'], additionalProperties: { type: 'number', maximum: 0 } } as unknown as SchemaObject),
  text_offset: listOf({ type: 'integer', minimum: 0 }),
});

const USAGE = record('OpenAiUsage', {
  prompt_tokens: count(5),
  completion_tokens: count(1),
  total_tokens: count(6),
  prompt_tokens_details: record('OpenAiPromptTokens', { cached_tokens: count(4, 'Those that did not have to be read again') }),
});
/** An answer that was stopped is an error there. */
const REASONS = FINISH_REASONS.filter((reason) => reason !== 'cancelled');
const index = count(0);
const finish = { finish_reason: nullable(oneOf(REASONS)) };
const REASONING = text('Hm', "A thinking model's thoughts");

const answer = (title: string, object: string, choice: SchemaObject, isWhole: boolean): SchemaObject =>
  record(
    title,
    {
      id: text('chatcmpl-3f9c2a'),
      object: oneOf([object]),
      created: count(1_763_649_000),
      model: text('tandem-tiny-chat'),
      system_fingerprint: text('fp_0123456789ab', 'The same as long as the model and this server are'),
      choices: listOf(choice),
      usage: isWhole ? USAGE : nullable(USAGE),
    },
    { optional: ['usage'] },
  );

const role = oneOf(['assistant']);

export const CHAT_ANSWER = answer(
  'OpenAiChatAnswer',
  'chat.completion',
  record('OpenAiChatChoice', {
    index,
    message: record(
      'OpenAiAnswerMessage',
      { role, content: nullable(text('Hello')), refusal: { type: 'null' }, reasoning_content: REASONING, tool_calls: listOf(TOOL_CALL) },
      { optional: ['reasoning_content', 'tool_calls'] },
    ),
    logprobs: nullable(CHAT_LOGPROBS),
    ...finish,
  }),
  true,
);

export const CHAT_CHUNK = answer(
  'OpenAiChatChunk',
  'chat.completion.chunk',
  record('OpenAiChunkChoice', {
    index,
    delta: record(
      'OpenAiDelta',
      { role, content: text('Hello'), reasoning_content: REASONING, tool_calls: listOf(TOOL_CALL_PIECE) },
      { optional: ['role', 'content', 'reasoning_content', 'tool_calls'] },
    ),
    logprobs: nullable(CHAT_LOGPROBS),
    ...finish,
  }),
  false,
);

/** Chunks of it look the same. */
export const TEXT_ANSWER = answer(
  'OpenAiTextAnswer',
  'text_completion',
  record('OpenAiTextChoice', { index, text: text(' flows'), logprobs: nullable(TEXT_LOGPROBS), ...finish }),
  false,
);

export const MODEL = record('OpenAiModel', {
  id: text('tandem-tiny-chat'),
  object: oneOf(['model']),
  created: count(1_763_649_000, 'When its file was last changed; of a model elsewhere, when its configuration was loaded'),
  owned_by: text('tandem'),
});

export const MODELS = record('OpenAiModelList', { object: oneOf(['list']), data: listOf(MODEL) });
