import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { AreMessages, IfSent, IsModel, IsText, SaidMessageDto, TEXT } from '@tandem/api/http';
import { describeRange, isInRange, REQUEST_LIMITS, type ValueRange } from '@tandem/shared/contracts';
import { ValidateBy } from 'class-validator';

const ALTERNATIVES: ValueRange = { min: 0, max: 128, exclusiveMin: false, integer: true };
const { min, max } = ALTERNATIVES;
const { messages: messageLimit } = REQUEST_LIMITS;

const IsAlternatives = (otherwise: number): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      type: 'integer',
      minimum: min,
      maximum: max,
      default: otherwise,
      description: 'How many of the likeliest tokens are told at each place',
    }),
    IfSent(),
    ValidateBy({
      name: 'isAlternatives',
      validator: { validate: (value) => isInRange(value, ALTERNATIVES), defaultMessage: () => `must be ${describeRange(ALTERNATIVES)}` },
    }),
  );

/** A text, and what was said before it. */
export class ScoredTextDto {
  @ApiPropertyOptional({
    type: [SaidMessageDto],
    default: [],
    maxItems: messageLimit,
    description: 'What was said before the text, which is the answer then. The text alone where it is left out',
  })
  @IfSent()
  @AreMessages(SaidMessageDto, 0)
  readonly messages?: SaidMessageDto[];

  @ApiProperty({ description: 'The text that is scored', example: 'The river runs to the sea.', ...TEXT })
  @IsText()
  readonly text!: string;
}

/** `POST /api/scores`. */
@ApiSchema({ name: 'ScoreRequest' })
export class ScoreRequestDto extends ScoredTextDto {
  static readonly alternatives = 0;

  @IsModel()
  readonly model!: string;

  @IsAlternatives(ScoreRequestDto.alternatives)
  readonly top_logprobs?: number;
}

/** `POST /api/divergences`. */
@ApiSchema({ name: 'DivergenceRequest' })
export class DivergenceRequestDto extends ScoredTextDto {
  static readonly alternatives = 32;

  @IsModel('tandem-tiny-base')
  readonly baseline!: string;

  @IsModel()
  readonly derivative!: string;

  @IsAlternatives(DivergenceRequestDto.alternatives)
  readonly top_logprobs?: number;
}
