import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { REQUEST_LIMITS } from '@tandem/shared/contracts';
import { IsNotEmpty, IsString, ValidateIf } from 'class-validator';

// Rules put together here are checked in the order they are listed; stacked decorators from the lowest up.

const { textCharacters } = REQUEST_LIMITS;
const MODEL = { message: 'is required, once, and must be the id, name or endpoint of a model' };

/** Of text that is not blank, for the document. */
export const TEXT = { minLength: 1, maxLength: textCharacters, pattern: '\\S' };

/** Whether the property was sent. Unlike `@IsOptional()`, null counts as sent. */
export const IfSent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

export const IsModel = (example = 'tandem-tiny-chat'): PropertyDecorator =>
  applyDecorators(ApiProperty({ minLength: 1, description: 'Id, name or endpoint of a model', example }), IsString(MODEL), IsNotEmpty(MODEL));
