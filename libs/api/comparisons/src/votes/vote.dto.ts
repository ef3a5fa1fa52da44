import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IfSent } from '@tandem/api/http';
import { BLIND_CHOICES, type BlindChoice, isInRange, VOTE_CHOICES, type VoteChoice } from '@tandem/shared/contracts';
import { IsBoolean, IsIn, ValidateBy } from 'class-validator';
import { LIMITS } from '../requests/text-rules';

const TURN = { min: 0, max: LIMITS.turns - 1, exclusiveMin: false, integer: true };

/** `POST` and `PUT /api/comparisons/{id}/votes`. */
@ApiSchema({ name: 'VoteRequest' })
export class VoteDto {
  @ApiProperty({ type: 'integer', minimum: TURN.min, maximum: TURN.max, example: 0, description: 'From 0' })
  @ValidateBy({ name: 'isTurn', validator: { validate: (value) => isInRange(value, TURN), defaultMessage: () => 'must be the number of a turn, from 0' } })
  readonly turn!: number;

  @ApiProperty({ enum: VOTE_CHOICES, example: 'derivative' })
  @IsIn(VOTE_CHOICES, { message: `must be one of ${VOTE_CHOICES.join(', ')}` })
  readonly choice!: VoteChoice;

  @ApiPropertyOptional({ default: false, description: 'Whether the voter did not know which answer was whose' })
  @IfSent()
  @IsBoolean({ message: 'must be true or false' })
  readonly blind?: boolean;
}

/** `POST /api/blind/{id}/vote`. */
@ApiSchema({ name: 'BlindVoteRequest' })
export class BlindVoteDto {
  @ApiProperty({ enum: BLIND_CHOICES, example: 'left' })
  @IsIn(BLIND_CHOICES, { message: `must be one of ${BLIND_CHOICES.join(', ')}` })
  readonly choice!: BlindChoice;
}
