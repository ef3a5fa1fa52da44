import { Body, Controller, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access, BodySize, Errors, UnknownFields } from '@tandem/api/http';
import { ApiFaults } from '@tandem/api/openapi';
import type { Request } from 'express';
import { Tokenizer } from './tokenizer';
import { DETOKENIZE_REQUEST, DETOKENIZED, TOKENIZE_REQUEST, TOKENIZED, TOKENIZER_INFO } from './tokenizer-schemas';

const MODEL_FAULTS = ['model_not_found', 'conflict', 'model_invalid', 'local_inference_unavailable', 'local_model_crashed'] as const;

/** What evaluation tools ask of a vocabulary, where vLLM has it and below `/v1` as well. */
@ApiTags('openai')
@Controller()
@Access('token')
@Errors('openai')
@UnknownFields('ignored')
export class TokenizerController {
  constructor(private readonly tokenizer: Tokenizer) {}

  @Post('tokenize')
  @HttpCode(200)
  @BodySize('demands')
  @ApiOperation({ summary: 'The tokens of a prompt, of a local model', operationId: 'tokenize' })
  @ApiBody({
    schema: TOKENIZE_REQUEST as never,
    examples: {
      prompt: { value: { model: 'tandem-tiny-chat', prompt: 'The river' } },
      chat: { value: { model: 'tandem-tiny-chat', messages: [{ role: 'user', content: 'Hi' }], return_token_strs: true } },
    },
  })
  @ApiResponse({ status: 200, description: 'The tokens', schema: TOKENIZED as never })
  @ApiFaults(...MODEL_FAULTS)
  tokenize(@Body() body: Record<string, unknown>, @Req() request: Request): Promise<object> {
    return this.tokenizer.tokenize(body, untilLeft(request));
  }

  @Post('detokenize')
  @HttpCode(200)
  @BodySize('demands')
  @ApiOperation({ summary: 'The text of tokens, of a local model', operationId: 'detokenize' })
  @ApiBody({ schema: DETOKENIZE_REQUEST as never, examples: { tokens: { value: { model: 'tandem-tiny-chat', tokens: [5, 6] } } } })
  @ApiResponse({ status: 200, description: 'The text', schema: DETOKENIZED as never })
  @ApiFaults(...MODEL_FAULTS)
  detokenize(@Body() body: Record<string, unknown>, @Req() request: Request): Promise<object> {
    return this.tokenizer.detokenize(body, untilLeft(request));
  }

  @Get('tokenizer_info')
  @ApiOperation({ summary: 'What a local model’s vocabulary says of itself', operationId: 'tokenizerInfo' })
  @ApiQuery({
    name: 'model',
    required: true,
    description: 'Id, name or endpoint of a local model',
    schema: { type: 'string', minLength: 1, example: 'tandem-tiny-chat' },
  })
  @ApiResponse({ status: 200, description: 'The vocabulary', schema: TOKENIZER_INFO as never })
  @ApiFaults(...MODEL_FAULTS)
  info(@Query('model') model: unknown, @Req() request: Request): Promise<object> {
    return this.tokenizer.info(model, untilLeft(request));
  }
}

function untilLeft({ res }: Request): AbortSignal {
  const left = new AbortController();
  res?.once('close', () => {
    if (!res.writableFinished) left.abort();
  });
  return left.signal;
}
