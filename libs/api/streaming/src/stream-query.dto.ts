import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsText } from '@tandem/api/platform';
import { REQUEST_LIMITS } from '@tandem/shared/contracts';
import { Transform } from 'class-transformer';
import { IsOptional } from 'class-validator';
import { IfSent, IsMaxTokens, IsModel } from './field-rules';
import { SamplingDto } from './sampling.dto';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Query text as the number it spells; anything else stays what it is, for the range check to refuse. */
const FromQuery = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' && NUMBER.test(value) ? Number(value) : value));

/** `GET /stream`: the same values in the address, for `EventSource` and `curl`. */
export class StreamQueryDto extends SamplingDto {
  @IsModel()
  readonly model!: string;

  @ApiProperty({ example: 'What is Tandem?', maxLength: REQUEST_LIMITS.textCharacters })
  @IsText()
  readonly prompt!: string;

  @ApiPropertyOptional({ description: 'System prompt', maxLength: REQUEST_LIMITS.textCharacters })
  @IfSent()
  @IsText()
  readonly system?: string;

  @IsMaxTokens()
  @FromQuery()
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
