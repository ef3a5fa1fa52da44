import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { PARAMETER_RANGES, REQUEST_LIMITS } from '@tandem/shared/contracts';
import { ArrayMaxSize, IsArray, IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { IfSent } from './field-rules';
import { InParameterRange, IsConversationId } from './request-validation';

// Rules put together here are checked in the order they are listed; stacked decorators from the lowest up.

const { stopStrings, stopCharacters, conversationIdCharacters } = REQUEST_LIMITS;

export const IsMaxTokens = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      type: 'integer',
      minimum: 1,
      maximum: PARAMETER_RANGES.max_tokens.max,
      default: 512,
      example: 64,
      description: 'Longest answer in tokens',
    }),
    IfSent(),
    InParameterRange('max_tokens'),
  );

export const IsStopList = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: stopCharacters },
      maxItems: stopStrings,
      description: 'The answer ends before the first of these that appears',
      example: ['\n\n'],
    }),
    IfSent(),
    IsArray({ message: `must be a list of at most ${stopStrings} strings` }),
    ArrayMaxSize(stopStrings, { message: `must hold at most ${stopStrings} strings` }),
    IsString({ each: true, message: 'must be a list of strings' }),
    IsNotEmpty({ each: true, message: 'must not hold an empty string' }),
    MaxLength(stopCharacters, { each: true, message: `must hold strings of at most ${stopCharacters} characters` }),
  );

export const InConversation = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      minLength: 1,
      maxLength: conversationIdCharacters,
      description: 'Whose prompt state a local model may keep, for `POST /api/chat/clear`',
      example: '7f3c9d52-1f0e-4a55-9a3e-0f4f2a6d9b11',
    }),
    IfSent(),
    IsConversationId(),
  );
