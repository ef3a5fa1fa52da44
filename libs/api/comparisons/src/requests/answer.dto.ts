import { applyDecorators, type Type as ClassType } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, ApiPropertyOptional, ApiSchema, getSchemaPath } from '@nestjs/swagger';
import { InParameterRange } from '@tandem/api/http';
import {
  FAULT_CODES,
  type FaultCode,
  FINISH_REASONS,
  type FinishReason,
  type FrameError,
  PARAMETER_RANGES,
  REQUEST_LIMITS,
  type Timings,
  type Usage,
} from '@tandem/shared/contracts';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsNumber, IsOptional, Min, ValidateNested } from 'class-validator';
import { AnyObject, IsPlainObject, IsTextOf, LIMITS, ModelId, NullableText, TextField } from './text-rules';

const AMOUNT = { message: 'must be a number from 0' };
const OBJECT_OR_NULL = 'must be an object, or null';
const { textCharacters } = REQUEST_LIMITS;

const IsAmount = (example: number): PropertyDecorator =>
  applyDecorators(ApiProperty({ type: 'number', minimum: 0, example }), IsNumber({}, AMOUNT), Min(0, AMOUNT));

const IsAmountOrNull = (example: number): PropertyDecorator =>
  applyDecorators(ApiProperty({ type: 'number', minimum: 0, nullable: true, example }), IsOptional(), IsNumber({}, AMOUNT), Min(0, AMOUNT));

@ApiSchema({ name: 'UsageToKeep' })
export class UsageDto implements Usage {
  @IsAmount(12)
  readonly prompt_tokens!: number;
  @IsAmount(12)
  readonly completion_tokens!: number;
  @IsAmount(12)
  readonly total_tokens!: number;
}

@ApiSchema({ name: 'TimingsToKeep' })
export class TimingsDto implements Timings {
  @IsAmount(12)
  readonly queue_ms!: number;
  @IsAmount(12)
  readonly load_ms!: number;
  @IsAmountOrNull(41.2)
  readonly ttft_ms!: number | null;
  @IsAmount(12)
  readonly total_ms!: number;
  @IsAmountOrNull(41.2)
  readonly tokens_per_second!: number | null;
  @ApiProperty({ enum: ['server', 'measured'] })
  @IsIn(['server', 'measured'], { message: 'must be server or measured' })
  readonly source!: 'server' | 'measured';
}

@ApiSchema({ name: 'ErrorToKeep' })
export class AnswerErrorDto implements FrameError {
  @ApiProperty({ enum: FAULT_CODES, example: 'upstream_incomplete' })
  @IsIn(FAULT_CODES, { message: 'must be a code that a last frame can have' })
  readonly code!: FaultCode;
  @TextField({ most: LIMITS.noteCharacters, example: 'The model server ended its answer before it said that it was complete.' })
  readonly message!: string;
  @ApiProperty({ example: true })
  @IsBoolean({ message: 'must be true or false' })
  readonly retryable!: boolean;
}

/** May be left out, or null. */
const ObjectOrNull = (type: ClassType): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ anyOf: [{ $ref: getSchemaPath(type) }, { type: 'null' as never }] }),
    IsOptional(),
    ValidateNested({ message: OBJECT_OR_NULL }),
    Type(() => type),
    IsPlainObject(OBJECT_OR_NULL),
  );

/** One side's answer, in the words of a stream's last frame. */
@ApiSchema({ name: 'AnswerToKeep' })
@ApiExtraModels(AnswerErrorDto, UsageDto, TimingsDto)
export class AnswerDto {
  @ModelId('tandem-tiny-base')
  readonly model!: string;

  @AnyObject({ model: 'tandem-tiny-base.gguf' }, 'What its server said that it is', true)
  readonly identity?: Record<string, unknown> | null;

  @TextField({ most: textCharacters, example: 'A tandem is a bicycle for two.', description: 'Empty where nothing came' })
  readonly text!: string;

  @NullableText({ most: textCharacters, example: 'They ask for a word.', description: "A thinking model's thoughts" })
  readonly thoughts?: string | null;

  @ApiPropertyOptional({ enum: FINISH_REASONS, nullable: true, example: 'stop' })
  @IsOptional()
  @IsIn(FINISH_REASONS, { message: `must be one of ${FINISH_REASONS.join(', ')}, or null` })
  readonly finish_reason?: FinishReason | null;

  @ObjectOrNull(AnswerErrorDto)
  readonly error?: AnswerErrorDto | null;

  @ObjectOrNull(UsageDto)
  readonly usage?: UsageDto | null;

  @ObjectOrNull(TimingsDto)
  readonly timings?: TimingsDto | null;

  @ApiPropertyOptional({ type: 'integer', nullable: true, minimum: 0, maximum: PARAMETER_RANGES.seed.max, example: 7 })
  @IsOptional()
  @InParameterRange('seed')
  readonly seed?: number | null;

  @ApiPropertyOptional({ type: [String], maxItems: LIMITS.ignoredParameters, example: ['top_k'] })
  @IsOptional()
  @IsTextOf(0, LIMITS.titleCharacters, true)
  @ArrayMaxSize(LIMITS.ignoredParameters, { message: `must hold at most ${LIMITS.ignoredParameters} names` })
  @IsArray({ message: 'must be a list of names' })
  readonly ignored_parameters?: string[] | null;
}
