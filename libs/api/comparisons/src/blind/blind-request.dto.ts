import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IfSent, InParameterRange, IsModel, IsText, TEXT } from '@tandem/api/http';
import { type ChatRole, PARAMETER_RANGES, REQUEST_LIMITS, STREAM_PARAMETERS } from '@tandem/shared/contracts';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsNotEmpty, IsOptional, IsString, MaxLength, ValidateIf, ValidateNested } from 'class-validator';
import { IsPlainObject } from '../requests/text-rules';

const ROLES: readonly ChatRole[] = ['system', 'user', 'assistant'];
const { messages: messageLimit, stopStrings, stopCharacters } = REQUEST_LIMITS;
const MESSAGES = { message: `must be a list of 1 to ${messageLimit} {"role","content"} objects` };

@ApiSchema({ name: 'BlindMessage' })
export class BlindMessageDto {
  @ApiProperty({ enum: ROLES, example: 'user' })
  @IsIn(ROLES, { message: `must be one of ${ROLES.join(', ')}` })
  readonly role!: ChatRole;

  @ApiProperty({ example: 'What is Tandem?', maxLength: REQUEST_LIMITS.textCharacters, description: 'Not blank; only an assistant’s may be empty' })
  @ValidateIf((message: BlindMessageDto) => message.role !== 'assistant' || message.content !== '')
  @IsText()
  readonly content!: string;
}

/** Both sides are asked with the same values. */
@ApiSchema({ name: 'BlindParameters' })
export class BlindParametersDto {
  @ApiPropertyOptional({ type: 'number', minimum: 0, maximum: 2, default: STREAM_PARAMETERS.temperature })
  @IfSent()
  @InParameterRange('temperature')
  readonly temperature?: number;

  @ApiPropertyOptional({ type: 'number', exclusiveMinimum: 0 as never, maximum: 1, default: STREAM_PARAMETERS.top_p })
  @IfSent()
  @InParameterRange('top_p')
  readonly top_p?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: 1000, default: STREAM_PARAMETERS.top_k })
  @IfSent()
  @InParameterRange('top_k')
  readonly top_k?: number;

  @ApiPropertyOptional({ type: 'number', exclusiveMinimum: 0 as never, maximum: 2, default: STREAM_PARAMETERS.repetition_penalty })
  @IfSent()
  @InParameterRange('repetition_penalty')
  readonly repetition_penalty?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: PARAMETER_RANGES.max_tokens.max, default: STREAM_PARAMETERS.max_tokens, example: 64 })
  @IfSent()
  @InParameterRange('max_tokens')
  readonly max_tokens?: number;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: 0,
    maximum: PARAMETER_RANGES.seed.max,
    default: null,
    description: 'Null draws one for each side',
  })
  @IsOptional()
  @InParameterRange('seed')
  readonly seed?: number | null;

  @ApiPropertyOptional({ type: 'array', items: { type: 'string', minLength: 1, maxLength: stopCharacters }, maxItems: stopStrings, example: ['\n\n'] })
  @IfSent()
  @MaxLength(stopCharacters, { each: true, message: `must hold strings of at most ${stopCharacters} characters` })
  @IsNotEmpty({ each: true, message: 'must not hold an empty string' })
  @IsString({ each: true, message: 'must be a list of strings' })
  @ArrayMaxSize(stopStrings, { message: `must hold at most ${stopStrings} strings` })
  @IsArray({ message: `must be a list of at most ${stopStrings} strings` })
  readonly stop?: string[];
}

/** `POST /api/blind`. */
@ApiSchema({ name: 'BlindRequest' })
export class BlindRequestDto {
  @IsModel('tandem-tiny-base')
  readonly baseline!: string;

  @IsModel()
  readonly derivative!: string;

  @ApiProperty({ type: [BlindMessageDto], minItems: 1, maxItems: messageLimit })
  @ValidateNested({ each: true, ...MESSAGES })
  @Type(() => BlindMessageDto)
  @ArrayMaxSize(messageLimit, MESSAGES)
  @ArrayMinSize(1, MESSAGES)
  @IsArray(MESSAGES)
  readonly messages!: BlindMessageDto[];

  @ApiPropertyOptional({ type: 'string', nullable: true, description: 'System prompt', ...TEXT })
  @IsOptional()
  @IsText()
  readonly system?: string | null;

  @ApiPropertyOptional({ type: BlindParametersDto })
  @IfSent()
  @ValidateNested({ message: 'must be an object' })
  @Type(() => BlindParametersDto)
  @IsPlainObject()
  readonly parameters?: BlindParametersDto;
}
