import { ApiPropertyOptional } from '@nestjs/swagger';
import { PARAMETER_RANGES, STREAM_PARAMETERS } from '@tandem/shared/contracts';
import { IsOptional } from 'class-validator';
import { IfSent } from './field-rules';
import { InParameterRange } from './request-validation';

/** The sampling parameters of a request; what is left out gets the model's own default, or else the route's. */
export class SamplingDto {
  @ApiPropertyOptional({ type: 'number', minimum: 0, maximum: 2, default: STREAM_PARAMETERS.temperature, description: 'Randomness; 0 is greedy' })
  @IfSent()
  @InParameterRange('temperature')
  readonly temperature?: number;

  @ApiPropertyOptional({
    type: 'number',
    exclusiveMinimum: 0 as never,
    maximum: 1,
    default: STREAM_PARAMETERS.top_p,
    description: 'Nucleus sampling; 1 is off',
  })
  @IfSent()
  @InParameterRange('top_p')
  readonly top_p?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: 1000, default: STREAM_PARAMETERS.top_k, description: 'Likeliest tokens kept; 0 is off' })
  @IfSent()
  @InParameterRange('top_k')
  readonly top_k?: number;

  @ApiPropertyOptional({
    type: 'number',
    exclusiveMinimum: 0 as never,
    maximum: 2,
    default: STREAM_PARAMETERS.repetition_penalty,
    description: 'Penalty on tokens already used; 1 is off',
  })
  @IfSent()
  @InParameterRange('repetition_penalty')
  readonly repetition_penalty?: number;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: 0,
    maximum: PARAMETER_RANGES.seed.max,
    default: null,
    description: 'Null draws one; the last frame says which was used',
  })
  @IsOptional()
  @InParameterRange('seed')
  readonly seed?: number | null;
}
