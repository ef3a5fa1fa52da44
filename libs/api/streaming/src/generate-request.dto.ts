import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { AreMessages, IfSent, InConversation, IsMaxTokens, IsModel, IsStopList, IsText, SamplingDto, TEXT } from '@tandem/api/http';
import { DEFAULT_PARAMETERS, REQUEST_LIMITS } from '@tandem/shared/contracts';
import { IsBoolean, IsOptional } from 'class-validator';
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
  @AreMessages(ChatMessageDto, 0)
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
