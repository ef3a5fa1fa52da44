import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsText } from '@tandem/api/platform';
import { type ChatMessage, type ChatRole, REQUEST_LIMITS, type StreamRequest } from '@tandem/shared/contracts';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsOptional, ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import { IfSent, InConversation, IsMaxTokens, IsModel, IsStopList } from './field-rules';
import { SamplingDto } from './sampling.dto';

const ROLES: readonly ChatRole[] = ['system', 'user', 'assistant'];
const { messages: messageLimit, textCharacters } = REQUEST_LIMITS;

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

/** `POST /stream`. */
export class StreamRequestDto extends SamplingDto implements StreamRequest {
  @IsModel()
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
