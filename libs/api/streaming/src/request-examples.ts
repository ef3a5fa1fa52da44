import { applyDecorators } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { GenerateRequestDto } from './generate-request.dto';
import { StreamRequestDto } from './stream-request.dto';

const model = 'tandem-tiny-chat';
const system = 'Answer in one sentence.';
const history = [
  { role: 'user', content: 'What is Tandem?' },
  { role: 'assistant', content: 'A page that compares two models.' },
];

export const ApiStreamBody = (): MethodDecorator =>
  applyDecorators(
    ApiBody({
      type: StreamRequestDto,
      examples: {
        prompt: { summary: 'A prompt', value: { model, prompt: 'What is Tandem?', max_tokens: 32 } },
        conversation: {
          summary: 'A conversation, always answered the same way',
          value: { model, messages: [...history, { role: 'user', content: 'Which models?' }], system, temperature: 0, seed: 7, max_tokens: 32, stop: ['\n\n'] },
        },
        resumable: { summary: 'An answer that outlives a lost connection', value: { model, prompt: 'What is Tandem?', max_tokens: 32, resumable: true } },
      },
    }),
  );

export const ApiGenerateBody = (): MethodDecorator =>
  applyDecorators(
    ApiBody({
      type: GenerateRequestDto,
      examples: {
        first: { summary: 'The first turn', value: { model, message: 'What is Tandem?', max_new_tokens: 32 } },
        next: { summary: 'A later turn, greedy', value: { model, message: 'Which models?', history, do_sample: false, max_new_tokens: 32 } },
      },
    }),
  );
