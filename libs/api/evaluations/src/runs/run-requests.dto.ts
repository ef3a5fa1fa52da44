import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { AnswerParametersDto, IfSent, IsModel } from '@tandem/api/http';
import { RUN_ITEM_STATES, RUN_LIMITS, RUN_SORTS, type RunFilter, type RunSort } from '@tandem/shared/contracts';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsString,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { PagingDto } from '../paging.dto';

const { repeats: MOST_REPEATS, variants: MOST_VARIANTS } = RUN_LIMITS;
const MODEL_LIST = { message: `must be a list of 2 to ${MOST_VARIANTS} different models` };
const REPEATS = { message: `must be an integer from 1 to ${MOST_REPEATS}` };

/** What all sides are asked with. */
@ApiSchema({ name: 'RunParameters' })
export class RunParametersDto extends AnswerParametersDto {}

/** `POST /api/runs`. */
@ApiSchema({ name: 'RunRequest' })
export class RunRequestDto {
  @ApiPropertyOptional({ example: 'tandem-tiny-base' })
  @ValidateIf(({ baseline, variants }: RunRequestDto) => baseline !== undefined || variants === undefined)
  @NotBesideVariants()
  @IsModel('tandem-tiny-base')
  readonly baseline?: string;

  @ApiPropertyOptional({ example: 'tandem-tiny-chat' })
  @ValidateIf(({ derivative, variants }: RunRequestDto) => derivative !== undefined || variants === undefined)
  @NotBesideVariants()
  @IsModel('tandem-tiny-chat')
  readonly derivative?: string;

  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'string', minLength: 1 },
    uniqueItems: true,
    minItems: 2,
    maxItems: MOST_VARIANTS,
    description: 'In place of a pair; the first is what the others are compared with',
  })
  @IfSent()
  @IsNotEmpty({ each: true, ...MODEL_LIST })
  @IsString({ each: true, ...MODEL_LIST })
  @ArrayUnique(MODEL_LIST)
  @ArrayMaxSize(MOST_VARIANTS, MODEL_LIST)
  @ArrayMinSize(2, MODEL_LIST)
  @IsArray(MODEL_LIST)
  readonly variants?: string[];

  @ApiProperty({ minLength: 1, description: 'Id of a prompt set', example: 'general' })
  @IsNotEmpty({ message: 'is required, and must be the id of a prompt set' })
  @IsString({ message: 'is required, and must be the id of a prompt set' })
  readonly prompt_set!: string;

  @ApiPropertyOptional({ type: RunParametersDto })
  @IfSent()
  @ValidateNested({ message: 'must be an object' })
  @Type(() => RunParametersDto)
  @IsObject({ message: 'must be an object' })
  readonly parameters?: RunParametersDto;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MOST_REPEATS, default: 1, description: 'How often each prompt is asked' })
  @IfSent()
  @Max(MOST_REPEATS, REPEATS)
  @Min(1, REPEATS)
  @IsInt(REPEATS)
  readonly repeats?: number;

  @ApiPropertyOptional({ default: false, description: 'Whether it is measured how far the models differ over the answers of the first' })
  @IfSent()
  @IsBoolean({ message: 'must be true or false' })
  readonly score?: boolean;
}

function NotBesideVariants(): PropertyDecorator {
  return ValidateBy({
    name: 'notBesideVariants',
    validator: {
      validate: (_, found) => (found?.object as RunRequestDto | undefined)?.variants === undefined,
      defaultMessage: () => 'must not be sent together with variants',
    },
  });
}

const FILTERS: readonly RunFilter[] = ['flips', 'failed', 'disagree', ...RUN_ITEM_STATES.map((state) => `state:${state}` as const)];

export class ItemQueryDto extends PagingDto {
  @ApiPropertyOptional({ enum: RUN_SORTS, default: 'id', description: '`id`: in the order of the set; else the greatest first, and what has no value last' })
  @IfSent()
  @IsIn(RUN_SORTS, { message: `must be one of ${RUN_SORTS.join(', ')}` })
  readonly sort?: RunSort;

  @ApiPropertyOptional({
    enum: FILTERS,
    description: '`flips`: one side passed its checks and another did not; `disagree`: the texts differ; `failed`: a side has no answer',
  })
  @IfSent()
  @IsIn(FILTERS, { message: `must be one of ${FILTERS.join(', ')}` })
  readonly filter?: RunFilter;
}

export const EXPORT_FORMATS = ['jsonl', 'csv', 'html'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export class ExportQueryDto {
  @ApiProperty({ enum: EXPORT_FORMATS, example: 'jsonl' })
  @IsIn(EXPORT_FORMATS, { message: `is required, and must be one of ${EXPORT_FORMATS.join(', ')}` })
  readonly format!: ExportFormat;
}
