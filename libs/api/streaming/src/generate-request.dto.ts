import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IfSent, InConversation, IsMaxTokens, IsModel, IsStopList, IsText, SamplingDto, TEXT } from '@tandem/api/http';
import { DEFAULT_PARAMETERS, REQUEST_LIMITS } from '@tandem/shared/contracts';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsOptional, ValidateNested } from 'class-validator';
import { ChatMessageDto } from './stream-request.dto';

const { messages: messageLimit } = REQUEST_LIMITS;

/** `POST /api/generate`: a chat turn with its history. */
@ApiSchema({ name: 'GenerateRequest' })
export class GenerateRequestDto extends SamplingDto {
  @IsModel()
  readonly model!: string;

  @ApiProperty({ example: 'What is Tandem?', ...TEXT })
  @IsText()
  readonly message!: string;

  @ApiPropertyOptional({ type: [ChatMessageDto], default: [], maxItems: messageLimit })
  @IfSent()
  @ValidateNested({ each: true, message: 'must be a list of {"role","content"} objects' })
  @Type(() => ChatMessageDto)
  @ArrayMaxSize(messageLimit, { message: `must hold at most ${messageLimit} messages` })
  @IsArray({ message: 'must be a list of {"role","content"} objects' })
  readonly history?: ChatMessageDto[];

  @ApiPropertyOptional({ type: 'integer', default: DEFAULT_PARAMETERS.top_k })
  declare readonly top_k?: number;
  @ApiPropertyOptional({ default: DEFAULT_PARAMETERS.repetition_penalty })
  declare readonly repetition_penalty?: number;

  @IsMaxTokens()
  readonly max_new_tokens?: number;

  @ApiPropertyOptional({ default: true, description: 'False: greedy' })
  @IfSent()
  @IsBoolean({ message: 'must be true or false' })
  readonly do_sample?: boolean;

  @ApiPropertyOptional({ type: 'string', nullable: true, description: 'System prompt', ...TEXT })
  @IsOptional()
  @IsText()
  readonly system?: string | null;

  @IsStopList()
  readonly stop?: string[];

  @InConversation()
  readonly conversation_id?: string;
}
