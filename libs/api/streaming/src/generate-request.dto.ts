import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { InParameterRange, IsText } from '@tandem/api/platform';
import { PARAMETER_RANGES, REQUEST_LIMITS } from '@tandem/shared/contracts';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsNotEmpty, IsOptional, IsString, MaxLength, ValidateIf, ValidateNested } from 'class-validator';
import { ChatMessageDto, SamplingDto } from './stream-request.dto';

const { messages: messageLimit, stopStrings, stopCharacters } = REQUEST_LIMITS;
const IfSent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** `POST /api/generate`: a chat turn with its history. */
export class GenerateRequestDto extends SamplingDto {
  @ApiProperty({ description: 'Id, name or endpoint of a model', example: 'sft/tandem-tiny-chat.gguf' })
  @IsNotEmpty({ message: 'is required and must be the id, name or endpoint of a model' })
  @IsString({ message: 'is required and must be the id, name or endpoint of a model' })
  readonly model!: string;

  @ApiProperty({ example: 'What is Tandem?' })
  @IsText()
  readonly message!: string;

  @ApiPropertyOptional({ type: [ChatMessageDto], default: [], maxItems: messageLimit })
  @IfSent()
  @ValidateNested({ each: true, message: 'must be a list of {"role","content"} objects' })
  @Type(() => ChatMessageDto)
  @ArrayMaxSize(messageLimit, { message: `must hold at most ${messageLimit} messages` })
  @IsArray({ message: 'must be a list of {"role","content"} objects' })
  readonly history?: ChatMessageDto[];

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: PARAMETER_RANGES.max_tokens.max, default: 512 })
  @IfSent()
  @InParameterRange('max_tokens')
  readonly max_new_tokens?: number;

  @ApiPropertyOptional({ default: true, description: 'False: greedy' })
  @IfSent()
  @IsBoolean({ message: 'must be true or false' })
  readonly do_sample?: boolean;

  @ApiPropertyOptional({ type: 'string', nullable: true, description: 'System prompt' })
  @IsOptional()
  @IsText()
  readonly system?: string | null;

  @ApiPropertyOptional({ type: [String], maxItems: stopStrings, default: [] })
  @IfSent()
  @MaxLength(stopCharacters, { each: true, message: `must hold strings of at most ${stopCharacters} characters` })
  @IsNotEmpty({ each: true, message: 'must not hold an empty string' })
  @IsString({ each: true, message: 'must be a list of strings' })
  @ArrayMaxSize(stopStrings, { message: `must hold at most ${stopStrings} strings` })
  @IsArray({ message: `must be a list of at most ${stopStrings} strings` })
  readonly stop?: string[];
}
