import { ApiPropertyOptional } from '@nestjs/swagger';
import { IfSent } from '@tandem/api/http';
import { Transform } from 'class-transformer';
import { IsString, Max, Min, IsInt } from 'class-validator';

const MOST = 100;
const USUAL = 50;
const LIMIT = { message: `must be an integer from 1 to ${MOST}` };

/** Which part of a list is asked for. */
export class PagingDto {
  static readonly limit = USUAL;

  @ApiPropertyOptional({ description: 'The `next_cursor` of the page before' })
  @IfSent()
  @IsString({ message: 'must be sent once' })
  readonly cursor?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MOST, default: USUAL, description: 'Rows of a page' })
  @IfSent()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value))
  @Max(MOST, LIMIT)
  @Min(1, LIMIT)
  @IsInt(LIMIT)
  readonly limit?: number;
}
