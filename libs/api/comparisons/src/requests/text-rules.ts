import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfSent } from '@tandem/api/http';
import { IsOptional, ValidateBy } from 'class-validator';

export const LIMITS = {
  titleCharacters: 200,
  noteCharacters: 10_000,
  idCharacters: 512,
  queryCharacters: 500,
  turns: 1_000,
  ignoredParameters: 64,
} as const;

/** The property is text of at least `least` and at most `most` characters. */
export function IsTextOf(least: number, most: number, each = false): PropertyDecorator {
  const span = least === 0 ? `at most ${most}` : `${least} to ${most}`;
  return ValidateBy(
    {
      name: 'isTextOf',
      validator: {
        validate: (value) => typeof value === 'string' && value.length >= least && value.length <= most,
        defaultMessage: () => (each ? `must hold texts of ${span} characters` : `must be text of ${span} characters`),
      },
    },
    { each },
  );
}

interface TextField {
  readonly least?: number;
  readonly most: number;
  readonly example: string;
  readonly description?: string;
}

export const TextField = ({ least = 0, most, ...described }: TextField): PropertyDecorator =>
  applyDecorators(ApiProperty({ type: 'string', minLength: least, maxLength: most, ...described }), IsTextOf(least, most));

/** May be left out; null is no text. */
export const OptionalText = ({ least = 0, most, ...described }: TextField): PropertyDecorator =>
  applyDecorators(ApiPropertyOptional({ type: 'string', minLength: least, maxLength: most, ...described }), IfSent(), IsTextOf(least, most));

/** May be left out, or null. */
export const NullableText = ({ least = 0, most, ...described }: TextField): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: 'string', nullable: true, minLength: least, maxLength: most, ...described }),
    IsOptional(),
    IsTextOf(least, most),
  );

export const ModelId = (example: string): PropertyDecorator =>
  TextField({ least: 1, most: LIMITS.idCharacters, example, description: 'Id of a model; it need not be configured any more' });

/** A list of objects is none, which nested rules alone would take. */
export const IsPlainObject = (message = 'must be an object'): PropertyDecorator =>
  ValidateBy({
    name: 'isPlainObject',
    validator: { validate: (value) => typeof value === 'object' && value !== null && !Array.isArray(value), defaultMessage: () => message },
  });

/** An object whose fields are kept as they are. */
export const AnyObject = (example: Record<string, unknown>, description: string, isNullable = false): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: 'object', additionalProperties: true, nullable: isNullable, example, description }),
    isNullable ? IsOptional() : IfSent(),
    IsPlainObject(),
  );
