import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { describeRange, isInRange, type ValueRange } from '@tandem/shared/contracts';
import { Transform } from 'class-transformer';
import { IsString, ValidateBy } from 'class-validator';
import { IfSent } from './field-rules';

// Rules put together here are checked in the order they are listed; stacked decorators from the lowest up.

const ROWS: ValueRange = { min: 1, max: 100, exclusiveMin: false, integer: true };

/** Where a page of a list begins. */
export const IsCursor = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: 'string', description: 'The `next_cursor` of the page before' }),
    IfSent(),
    IsString({ message: 'must be sent once' }),
  );

/** How many rows a page of a list has. @param usual where it is not sent */
export const IsPageLimit = (usual: number): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: 'integer', minimum: ROWS.min, maximum: ROWS.max, default: usual, description: 'Rows of a page' }),
    IfSent(),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value)),
    ValidateBy({ name: 'isPageLimit', validator: { validate: (value) => isInRange(value, ROWS), defaultMessage: () => `must be ${describeRange(ROWS)}` } }),
  );
