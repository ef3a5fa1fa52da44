import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfSent, IsCursor, IsPageLimit } from '@tandem/api/http';
import { IsIn } from 'class-validator';
import { LIMITS, ModelId, OptionalText } from './text-rules';

export const DEFAULT_LIMIT = 25;
export const FORMATS = ['json', 'jsonl', 'csv', 'md', 'html'] as const;
export type ExportFormat = (typeof FORMATS)[number];

/** `GET /api/comparisons`. */
export class ListQueryDto {
  @OptionalText({ most: LIMITS.queryCharacters, example: 'tandem', description: 'Text that stands in the title, the note or a prompt, in upper or lower case' })
  readonly query?: string;

  @OptionalText({ most: LIMITS.idCharacters, example: 'tandem-tiny-chat', description: 'Id of a model on either side' })
  readonly model?: string;

  @IsCursor()
  readonly cursor?: string;

  @IsPageLimit(DEFAULT_LIMIT)
  readonly limit?: number;
}

/** `GET /api/comparisons/{id}/export`. */
export class ExportQueryDto {
  @ApiProperty({ enum: FORMATS, example: 'json' })
  @IsIn(FORMATS, { message: `must be one of ${FORMATS.join(', ')}` })
  readonly format!: ExportFormat;
}

/** `GET /api/votes/ranking`. */
export class RankingQueryDto {
  @ApiPropertyOptional({ enum: ['true', 'false'], description: 'Only blind votes, or only those that are not' })
  @IfSent()
  @IsIn(['true', 'false'], { message: 'must be true or false' })
  readonly blind?: 'true' | 'false';
}

/** `GET /api/votes/summary`. */
export class SummaryQueryDto extends RankingQueryDto {
  @ModelId('tandem-tiny-base')
  readonly baseline!: string;

  @ModelId('tandem-tiny-chat')
  readonly derivative!: string;
}
