import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfSent, IsMaxTokens, IsModel, IsText, SamplingDto, TEXT } from '@tandem/api/http';
import { PARAMETER_RANGES } from '@tandem/shared/contracts';
import { Transform } from 'class-transformer';
import { IsOptional } from 'class-validator';

const NUMBER = /^[+-]?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** Query text as the number it spells; anything else stays what it is, for the range check to refuse. */
const FromQuery = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' && NUMBER.test(value) ? Number(value) : value));

/** `GET /stream`: the same values in the address, for `EventSource` and `curl`. */
export class StreamQueryDto extends SamplingDto {
  @IsModel()
  readonly model!: string;

  @ApiProperty({ description: 'The prompt', example: 'What is Tandem?', ...TEXT })
  @IsText()
  readonly prompt!: string;

  @ApiPropertyOptional({ description: 'System prompt', ...TEXT })
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
  // an address cannot spell null
  @ApiPropertyOptional({
    type: 'integer',
    nullable: false,
    minimum: 0,
    maximum: PARAMETER_RANGES.seed.max,
    description: 'Left out, one is drawn; the last frame says which',
  })
  @IsOptional()
  @FromQuery()
  declare readonly seed?: number | null;
}
