import { ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { ChatMessageDto, IfSent, IsMessageList, IsModel, IsText, TEXT } from '@tandem/api/http';
import { REQUEST_LIMITS, type StreamRequest } from '@tandem/shared/contracts';
import { ArrayMinSize, IsBoolean, IsOptional, ValidateBy, ValidateIf } from 'class-validator';
import { InConversation, IsMaxTokens, IsStopList } from './field-rules';
import { SamplingDto } from './sampling.dto';

const { messages: messageLimit } = REQUEST_LIMITS;

/** `POST /stream`. */
@ApiSchema({ name: 'StreamRequest' })
export class StreamRequestDto extends SamplingDto implements StreamRequest {
  @IsModel()
  readonly model!: string;

  @ApiPropertyOptional({ description: 'The prompt; or send `messages`', example: 'What is Tandem?', ...TEXT })
  @ValidateIf((request: StreamRequestDto) => request.prompt !== undefined || request.messages === undefined)
  @IsText()
  readonly prompt?: string;

  @ApiPropertyOptional({ type: [ChatMessageDto], description: 'A conversation in place of `prompt`', minItems: 1, maxItems: messageLimit })
  @IfSent()
  @NotBesidePrompt()
  @ArrayMinSize(1, { message: 'must hold at least one message' })
  @IsMessageList()
  readonly messages?: ChatMessageDto[];

  @ApiPropertyOptional({ type: 'string', nullable: true, description: 'System prompt', ...TEXT })
  @IsOptional()
  @IsText()
  readonly system?: string | null;

  @IsMaxTokens()
  readonly max_tokens?: number;

  @IsStopList()
  readonly stop?: string[];

  @InConversation()
  readonly conversation_id?: string;

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
