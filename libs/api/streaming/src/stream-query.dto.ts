import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { InParameterRange, IsText } from '@tandem/api/platform';
import { PARAMETER_RANGES, REQUEST_LIMITS } from '@tandem/shared/contracts';
import { Transform } from 'class-transformer';
import { IsNotEmpty, IsOptional, IsString, ValidateIf } from 'class-validator';
import { SamplingDto } from './stream-request.dto';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Query text as the number it spells; anything else stays what it is, for the range check to refuse. */
const FromQuery = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' && NUMBER.test(value) ? Number(value) : value));

/** `GET /stream`: the same values in the address, for `EventSource` and `curl`. */
export class StreamQueryDto extends SamplingDto {
  @ApiProperty({ description: 'Id, name or endpoint of a model', example: 'tandem-tiny-chat' })
  @IsNotEmpty({ message: 'is required, once, and must be the id, name or endpoint of a model' })
  @IsString({ message: 'is required, once, and must be the id, name or endpoint of a model' })
  readonly model!: string;

  @ApiProperty({ example: 'What is Tandem?', maxLength: REQUEST_LIMITS.textCharacters })
  @IsText()
  readonly prompt!: string;

  @ApiPropertyOptional({ description: 'System prompt', maxLength: REQUEST_LIMITS.textCharacters })
  @ValidateIf((_, value) => value !== undefined)
  @IsText()
  readonly system?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: PARAMETER_RANGES.max_tokens.max, default: 512 })
  @ValidateIf((_, value) => value !== undefined)
  @FromQuery()
  @InParameterRange('max_tokens')
  readonly max_tokens?: number;

  @FromQuery()
  declare readonly temperature?: number;
  @FromQuery()
  declare readonly top_p?: number;
  @FromQuery()
  declare readonly top_k?: number;
  @FromQuery()
  declare readonly repetition_penalty?: number;
  @IsOptional()
  @FromQuery()
  declare readonly seed?: number | null;
}
