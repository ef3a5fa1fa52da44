import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IfSent, IsText, TEXT } from '@tandem/api/http';
import { REQUEST_LIMITS } from '@tandem/shared/contracts';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateNested } from 'class-validator';
import { AnswerDto } from './answer.dto';
import { AnyObject, IsPlainObject, LIMITS, ModelId, NullableText, OptionalText } from './text-rules';

const ANSWER = 'is required and must be an answer: an object with model and text';
const TURNS = { message: `must be a list of 1 to ${LIMITS.turns} turns` };

@ApiSchema({ name: 'TurnToKeep' })
export class TurnDto {
  @ApiProperty({ example: 'What is a tandem?', ...TEXT })
  @IsText()
  readonly prompt!: string;

  @ApiProperty({ type: AnswerDto })
  @ValidateNested({ message: ANSWER })
  @Type(() => AnswerDto)
  @IsPlainObject(ANSWER)
  readonly baseline!: AnswerDto;

  @ApiProperty({ type: AnswerDto })
  @ValidateNested({ message: ANSWER })
  @Type(() => AnswerDto)
  @IsPlainObject(ANSWER)
  readonly derivative!: AnswerDto;
}

@ApiSchema({ name: 'ParametersToKeep' })
export class ParametersDto {
  @AnyObject({ temperature: 0.7 }, 'Sampling values that the baseline was asked with')
  readonly baseline?: Record<string, unknown>;

  @AnyObject({ temperature: 0.7 }, 'Sampling values that the derivative was asked with')
  readonly derivative?: Record<string, unknown>;
}

/** `POST /api/comparisons`. */
@ApiSchema({ name: 'ComparisonRequest' })
export class ComparisonRequestDto {
  @OptionalText({ most: LIMITS.titleCharacters, example: 'Bicycles', description: 'Left out or empty: the beginning of the first prompt' })
  readonly title?: string;

  @OptionalText({ most: LIMITS.noteCharacters, example: 'After the second epoch.' })
  readonly note?: string;

  @ModelId('tandem-tiny-base')
  readonly baseline!: string;

  @ModelId('tandem-tiny-chat')
  readonly derivative!: string;

  @NullableText({ most: REQUEST_LIMITS.textCharacters, example: 'Answer in one sentence.', description: 'System prompt' })
  readonly system?: string | null;

  @ApiPropertyOptional({ type: ParametersDto })
  @IfSent()
  @ValidateNested({ message: 'must be an object with baseline and derivative' })
  @Type(() => ParametersDto)
  @IsPlainObject()
  readonly parameters?: ParametersDto;

  @NullableText({ most: LIMITS.titleCharacters, example: '4eecbe640c7e', description: 'Of the configuration in force, as `GET /api/config` tells it' })
  readonly config_version?: string | null;

  @ApiProperty({ type: [TurnDto], minItems: 1, maxItems: LIMITS.turns })
  @ValidateNested({ each: true, message: 'must be a list of {"prompt","baseline","derivative"} objects' })
  @Type(() => TurnDto)
  @ArrayMaxSize(LIMITS.turns, TURNS)
  @ArrayMinSize(1, TURNS)
  @IsArray(TURNS)
  readonly turns!: TurnDto[];
}

/** `PATCH /api/comparisons/{id}`. */
@ApiSchema({ name: 'ComparisonChange' })
export class ComparisonChangeDto {
  @OptionalText({ least: 1, most: LIMITS.titleCharacters, example: 'Bicycles, second epoch' })
  readonly title?: string;

  @OptionalText({ most: LIMITS.noteCharacters, example: '' })
  readonly note?: string;
}
