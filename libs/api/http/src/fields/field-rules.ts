import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { REQUEST_LIMITS } from '@tandem/shared/contracts';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsNotEmpty, IsString, ValidateIf, ValidateNested } from 'class-validator';
import { ChatMessageDto } from './chat-message.dto';

// Rules put together here are checked in the order they are listed; stacked decorators from the lowest up.

const { messages: messageLimit, textCharacters } = REQUEST_LIMITS;
const MODEL = { message: 'is required, once, and must be the id, name or endpoint of a model' };
const MESSAGES = { message: 'must be a list of {"role","content"} objects' };

/** Of text that is not blank, for the document. */
export const TEXT = { minLength: 1, maxLength: textCharacters, pattern: '\\S' };

/** Whether the property was sent. Unlike `@IsOptional()`, null counts as sent. */
export const IfSent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

export const IsModel = (example = 'tandem-tiny-chat'): PropertyDecorator =>
  applyDecorators(ApiProperty({ minLength: 1, description: 'Id, name or endpoint of a model', example }), IsString(MODEL), IsNotEmpty(MODEL));

/** The property is a list of messages, none of them or more. */
export const IsMessageList = (): PropertyDecorator =>
  applyDecorators(
    IsArray(MESSAGES),
    ArrayMaxSize(messageLimit, { message: `must hold at most ${messageLimit} messages` }),
    Type(() => ChatMessageDto),
    ValidateNested({ each: true, ...MESSAGES }),
  );
