import { EndpointError, parseEndpoint } from '@tandem/api/endpoint';
import { InParameterRange } from '@tandem/api/http';
import { type ModelDeadlines, type ModelEntry, type ParameterDefaults, type Price, type Protocol, PROTOCOLS, REQUEST_LIMITS } from '@tandem/shared/contracts';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';

const LOCAL = /^local:(?!\/)(?!.*(?:^|[/:])\.\.(?:\/|$))[^\0\\]+$/;

/** The property is an address the contract allows: `host[:port][/base]`, an http(s) URL, or `local:<checkpoint>`. */
function IsEndpoint(): PropertyDecorator {
  const problemOf = (value: unknown): string | undefined => {
    if (typeof value !== 'string' || value.trim() === '') return 'must be text such as "model.example.com:8000" or "local:sft/model.gguf"';
    if (value.startsWith('local:'))
      return LOCAL.test(value) ? undefined : 'must name a checkpoint inside the checkpoints folder, such as "local:sft/model.gguf"';
    try {
      parseEndpoint(value);
      return undefined;
    } catch (error) {
      return error instanceof EndpointError ? error.clause : 'is not an address';
    }
  };
  return ValidateBy({
    name: 'isEndpoint',
    validator: {
      validate: (value) => problemOf(value) === undefined,
      defaultMessage: (found) => problemOf(found?.value) ?? 'is not an address',
    },
  });
}

const text = { message: 'must be text' };
const path = { message: 'must be a path that starts with "/"' };

class PriceDto implements Price {
  @Min(0, { message: 'must not be negative' })
  @IsNumber({}, { message: 'must be a number' })
  readonly input!: number;
  @Min(0, { message: 'must not be negative' })
  @IsNumber({}, { message: 'must be a number' })
  readonly output!: number;
  @IsOptional()
  @IsString(text)
  readonly currency: string = 'USD';
  @IsOptional()
  @IsString(text)
  readonly unit: string = '1M tokens';
}

class AdapterDto {
  @IsNotEmpty({ message: 'must name the adapter file' })
  @IsString(text)
  readonly file!: string;
  @IsOptional()
  @IsNumber({}, { message: 'must be a number' })
  readonly scale?: number;
}

/** The property is a whole number within these bounds. */
function InRange(min: number, max: number): PropertyDecorator {
  const message = `must be a whole number from ${min} to ${max}`;
  return (target, key) => {
    for (const rule of [Max(max, { message }), Min(min, { message }), IsInt({ message })]) rule(target, key);
  };
}

class DeadlinesDto implements ModelDeadlines {
  @IsOptional()
  @InRange(1, 60_000)
  readonly connect_ms?: number;
  @IsOptional()
  @InRange(1, 3_600_000)
  readonly headers_ms?: number;
  @IsOptional()
  @InRange(1, 3_600_000)
  readonly silence_ms?: number;
  @IsOptional()
  @InRange(1, 86_400_000)
  readonly total_ms?: number;
}

class ParameterDefaultsDto implements ParameterDefaults {
  @IsOptional()
  @InParameterRange('temperature')
  readonly temperature?: number | null;
  @IsOptional()
  @InParameterRange('top_p')
  readonly top_p?: number | null;
  @IsOptional()
  @InParameterRange('top_k')
  readonly top_k?: number | null;
  @IsOptional()
  @InParameterRange('repetition_penalty')
  readonly repetition_penalty?: number | null;
  @IsOptional()
  @InParameterRange('max_tokens')
  readonly max_tokens?: number | null;
  @IsOptional()
  @InParameterRange('seed')
  readonly seed?: number | null;
  @IsOptional()
  @IsString({ each: true, message: 'must be a list of strings' })
  @ArrayMaxSize(REQUEST_LIMITS.stopStrings, { message: `must hold at most ${REQUEST_LIMITS.stopStrings} strings` })
  @IsArray({ message: 'must be a list of strings' })
  readonly stop?: string[] | null;
}

/* Of several rules on one property the lowest is checked first: the type stands at the bottom. */

/** One model of a configuration document, with the rules its fields must follow. */
export class ModelEntryDto implements ModelEntry {
  @MaxLength(200, { message: 'must be at most 200 characters long' })
  @IsNotEmpty({ message: 'must not be empty' })
  @IsString({ message: 'is required and must be text' })
  readonly name!: string;
  @IsEndpoint()
  readonly endpoint!: string;
  @IsOptional()
  @Matches(/^[\p{L}\p{M}\p{N}_.:@/-]{1,200}$/u, { message: 'must be 1 to 200 letters, digits or . _ : @ / -' })
  @IsString(text)
  readonly id?: string;
  @IsOptional()
  @IsString(text)
  readonly title?: string;
  @IsOptional()
  @IsString(text)
  readonly description?: string;
  @IsOptional()
  @IsString(text)
  readonly provider?: string;
  @IsOptional()
  @IsString(text)
  readonly type?: string;
  @IsOptional()
  @Min(1, { message: 'must be at least 1' })
  @IsInt({ message: 'must be a whole number of tokens' })
  readonly context_length?: number;
  @IsOptional()
  @IsString(text)
  readonly baseline_id?: string;
  @IsOptional()
  @ValidateNested()
  @Type(() => PriceDto)
  @IsObject({ message: 'must be an object such as {"input":1,"output":2}' })
  readonly price?: PriceDto;
  @IsOptional()
  @IsIn(PROTOCOLS, { message: `must be one of ${PROTOCOLS.join(', ')}` })
  readonly protocol?: Protocol;
  @IsOptional()
  @IsString(text)
  readonly model?: string;
  @IsOptional()
  @Matches(/^\//, path)
  readonly path?: string;
  @IsOptional()
  @Matches(/^\//, path)
  readonly health_path?: string;
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsString(text)
  readonly api_key_env?: string;
  @IsOptional()
  @InRange(1, 100_000)
  readonly max_concurrency?: number;
  @IsOptional()
  @InRange(0, 100_000)
  readonly max_waiting?: number;
  @IsOptional()
  @ValidateNested()
  @Type(() => DeadlinesDto)
  @IsObject({ message: 'must be an object such as {"silence_ms":60000}' })
  readonly deadlines?: DeadlinesDto;
  @IsOptional()
  @ValidateNested()
  @Type(() => AdapterDto)
  @IsObject({ message: 'must be an object such as {"file":"deltas/y.gguf","scale":1}' })
  readonly adapter?: AdapterDto;
  @IsOptional()
  @ValidateNested()
  @Type(() => ParameterDefaultsDto)
  @IsObject({ message: 'must be an object such as {"temperature":0.2}' })
  readonly parameters?: ParameterDefaultsDto;
}
