import { count, flag, listOf, record, type SchemaObject, text } from '@tandem/api/openapi';
import { REQUEST_LIMITS } from '@tandem/shared/contracts';
import { REQUEST_MESSAGE } from './request-schemas';

const model = { ...text('tandem-tiny-chat', 'Id, name or endpoint of a local model'), minLength: 1 } as SchemaObject;
const tokens = listOf(count(5), 'Ids of the model’s own vocabulary');
const switchOf = (description: string): SchemaObject => ({ type: ['boolean', 'null'], description }) as unknown as SchemaObject;
const orNothing = (type: string, description: string): SchemaObject => ({ type: [type, 'null'], description }) as unknown as SchemaObject;

export const TOKENIZE_REQUEST: SchemaObject = {
  ...record(
    'TokenizeRequest',
    {
      model,
      prompt: {
        type: ['string', 'null'],
        maxLength: REQUEST_LIMITS.textCharacters,
        description: 'Text as it is; or send `messages`',
      } as unknown as SchemaObject,
      messages: {
        type: ['array', 'null'],
        items: REQUEST_MESSAGE,
        minItems: 1,
        maxItems: REQUEST_LIMITS.messages,
        description: 'A conversation, through the chat template',
      } as unknown as SchemaObject,
      add_special_tokens: switchOf('Whether a prompt begins with the token that all of the model’s begin with; true where it is left out'),
      return_token_strs: switchOf('Whether the tokens are spelled as well; false where it is left out'),
      add_generation_prompt: { enum: [true, null], description: 'Other values are not supported' } as unknown as SchemaObject,
    },
    { optional: ['prompt', 'messages', 'add_special_tokens', 'return_token_strs', 'add_generation_prompt'] },
  ),
  additionalProperties: false,
};

export const TOKENIZED = record('Tokenized', {
  count: count(2),
  max_model_len: orNothing('integer', 'Tokens of its context'),
  tokens,
  token_strs: { type: ['array', 'null'], items: { type: 'string' } } as unknown as SchemaObject,
});

export const DETOKENIZE_REQUEST: SchemaObject = { ...record('DetokenizeRequest', { model, tokens }), additionalProperties: false };
export const DETOKENIZED = record('Detokenized', { prompt: text('The river') });

export const TOKENIZER_INFO = record('TokenizerInfo', {
  tokenizer_class: text('llama', 'How it splits text, in llama.cpp’s words'),
  vocab_size: count(512),
  model_max_length: orNothing('integer', 'Tokens of its context'),
  bos_token: orNothing('string', 'What a prompt begins with'),
  eos_token: orNothing('string', 'What an answer ends with'),
  add_bos_token: flag(true, 'Whether every prompt begins with it'),
  chat_template: orNothing('string', 'How a conversation is written, in Jinja'),
});
