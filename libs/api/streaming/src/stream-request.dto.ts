import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { InParameterRange, IsText } from '@tandem/api/platform';
import { type ChatMessage, type ChatRole, PARAMETER_RANGES, REQUEST_LIMITS, type StreamRequest } from '@tandem/shared/contracts';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  MaxLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

const ROLES: readonly ChatRole[] = ['system', 'user', 'assistant'];
const { stopStrings, stopCharacters, messages: messageLimit, textCharacters } = REQUEST_LIMITS;

/** Whether the property was sent. Unlike `@IsOptional()`, null counts as sent. */
const IfSent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** One message of a conversation. An assistant's may be empty: a stopped answer can be. */
export class ChatMessageDto implements ChatMessage {
  @ApiProperty({ enum: ROLES, example: 'user' })
  @IsIn(ROLES, { message: `must be one of ${ROLES.join(', ')}` })
  readonly role!: ChatRole;

  @ApiProperty({ example: 'What is Tandem?', maxLength: textCharacters })
  @ValidateIf((message: ChatMessageDto) => message.role !== 'assistant' || message.content !== '')
  @IsText()
  readonly content!: string;
}

/** The sampling parameters of a request; what is left out gets the model's own default, or else the contract's. */
export class SamplingDto {
  @ApiPropertyOptional({ type: 'number', minimum: 0, maximum: 2, default: 0.7, description: 'Randomness; 0 is greedy' })
  @IfSent()
  @InParameterRange('temperature')
  readonly temperature?: number;

  @ApiPropertyOptional({ type: 'number', exclusiveMinimum: 0 as never, maximum: 1, default: 0.9, description: 'Nucleus sampling; 1 is off' })
  @IfSent()
  @InParameterRange('top_p')
  readonly top_p?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: 1000, default: 50, description: 'Likeliest tokens kept; 0 is off' })
  @IfSent()
  @InParameterRange('top_k')
  readonly top_k?: number;

  @ApiPropertyOptional({ type: 'number', exclusiveMinimum: 0 as never, maximum: 2, default: 1.1, description: 'Penalty on tokens already used; 1 is off' })
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

/** `POST /stream`. */
export class StreamRequestDto extends SamplingDto implements StreamRequest {
  @ApiProperty({ description: 'Id, name or endpoint of a model', example: 'tandem-tiny-chat' })
  @IsNotEmpty({ message: 'is required and must be the id, name or endpoint of a model' })
  @IsString({ message: 'is required and must be the id, name or endpoint of a model' })
  readonly model!: string;

  @ApiPropertyOptional({ description: 'The prompt; or send `messages`', example: 'What is Tandem?', maxLength: textCharacters })
  @ValidateIf((request: StreamRequestDto) => request.prompt !== undefined || request.messages === undefined)
  @IsText()
  readonly prompt?: string;

  @ApiPropertyOptional({ type: [ChatMessageDto], description: 'A conversation in place of `prompt`', maxItems: messageLimit })
  @IfSent()
  @NotBesidePrompt()
  @ValidateNested({ each: true, message: 'must be a list of {"role","content"} objects' })
  @Type(() => ChatMessageDto)
  @ArrayMaxSize(messageLimit, { message: `must hold at most ${messageLimit} messages` })
  @ArrayMinSize(1, { message: 'must hold at least one message' })
  @IsArray({ message: 'must be a list of {"role","content"} objects' })
  readonly messages?: ChatMessageDto[];

  @ApiPropertyOptional({ type: 'string', nullable: true, description: 'System prompt', maxLength: textCharacters })
  @IsOptional()
  @IsText()
  readonly system?: string | null;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: PARAMETER_RANGES.max_tokens.max, default: 512, description: 'Longest answer in tokens' })
  @IfSent()
  @InParameterRange('max_tokens')
  readonly max_tokens?: number;

  @ApiPropertyOptional({ type: [String], maxItems: stopStrings, description: 'The answer ends before the first of these that appears' })
  @IfSent()
  @MaxLength(stopCharacters, { each: true, message: `must hold strings of at most ${stopCharacters} characters` })
  @IsNotEmpty({ each: true, message: 'must not hold an empty string' })
  @IsString({ each: true, message: 'must be a list of strings' })
  @ArrayMaxSize(stopStrings, { message: `must hold at most ${stopStrings} strings` })
  @IsArray({ message: `must be a list of at most ${stopStrings} strings` })
  readonly stop?: string[];

  @ApiPropertyOptional({ default: false, description: 'Let the work go on for 60 s after a lost connection' })
  @IfSent()
  @IsBoolean({ message: 'must be true or false' })
  readonly resumable?: boolean;
}

function NotBesidePrompt(): PropertyDecorator {
  return ValidateBy({
    name: 'notBesidePrompt',
    validator: {
      validate: (_, found) => (found?.object as StreamRequestDto | undefined)?.prompt === undefined,
      defaultMessage: () => 'must not be sent together with prompt',
    },
  });
}
