import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IfSent, IsModel } from '@tandem/api/http';
import { ADAPTER_SCALE, describeRange, isInRange, type ScaledModel, type SeriesRequest, type SeriesText } from '@tandem/shared/contracts';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsDefined, IsObject, ValidateBy, ValidateNested } from 'class-validator';
import { ScoredTextDto } from './scoring-requests.dto';

const MOST_DERIVATIVES = 32;
const MOST_TEXTS = 16;
const MODEL = { message: 'must be an object such as {"model":"tandem-tiny-chat"}' };
const MODELS = { message: 'must be a list of objects such as {"model":"tandem-tiny-chat"}' };
const TEXTS = { message: 'must be a list of objects such as {"text":"The river runs to the sea."}' };

/** A model, and how much of its adapter is put over its weights. */
@ApiSchema({ name: 'ScaledModel' })
class ScaledModelDto implements ScaledModel {
  @IsModel()
  readonly model!: string;

  @ApiPropertyOptional({
    minimum: ADAPTER_SCALE.min,
    maximum: ADAPTER_SCALE.max,
    example: 0.5,
    description: 'How much of its adapter is put over its weights: 0 is none of it, 1 as it was trained. Its own where it is left out',
  })
  @IfSent()
  @ValidateBy({
    name: 'isScale',
    validator: { validate: (value) => isInRange(value, ADAPTER_SCALE), defaultMessage: () => `must be ${describeRange(ADAPTER_SCALE)}` },
  })
  readonly adapter_scale?: number;
}

@ApiSchema({ name: 'SeriesText' })
class SeriesTextDto extends ScoredTextDto implements SeriesText {}

/** `POST /api/divergences/series`. */
@ApiSchema({ name: 'SeriesRequest' })
export class SeriesRequestDto implements SeriesRequest {
  @ApiProperty({ type: ScaledModelDto })
  @IsDefined(MODEL)
  @IsObject(MODEL)
  @ValidateNested()
  @Type(() => ScaledModelDto)
  readonly baseline!: ScaledModelDto;

  @ApiProperty({ type: [ScaledModelDto], minItems: 1, maxItems: MOST_DERIVATIVES, description: 'In the order of the axis' })
  @ValidateNested({ each: true, ...MODELS })
  @Type(() => ScaledModelDto)
  @ArrayMaxSize(MOST_DERIVATIVES, { message: `must hold at most ${MOST_DERIVATIVES} models` })
  @ArrayMinSize(1, { message: 'must hold at least one model' })
  @IsArray(MODELS)
  readonly derivatives!: ScaledModelDto[];

  @ApiProperty({ type: [SeriesTextDto], minItems: 1, maxItems: MOST_TEXTS, description: 'Each is scored for itself' })
  @ValidateNested({ each: true, ...TEXTS })
  @Type(() => SeriesTextDto)
  @ArrayMaxSize(MOST_TEXTS, { message: `must hold at most ${MOST_TEXTS} texts` })
  @ArrayMinSize(1, { message: 'must hold at least one text' })
  @IsArray(TEXTS)
  readonly texts!: SeriesTextDto[];
}
