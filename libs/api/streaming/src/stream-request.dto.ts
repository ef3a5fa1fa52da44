import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { AnswerParametersDto, AreMessages, IfSent, InConversation, IsModel, IsText, TEXT } from '@tandem/api/http';
import { type ChatMessage, type ChatRole, type ContentPart, REQUEST_LIMITS, type StreamRequest } from '@tandem/shared/contracts';
import { IsBoolean, IsIn, IsOptional, ValidateBy, ValidateIf } from 'class-validator';
import { IsContent } from './message-content';

const ROLES: readonly ChatRole[] = ['system', 'user', 'assistant'];
const { messages: messageLimit, textCharacters, contentParts } = REQUEST_LIMITS;

const part = (type: string, field: string, schema: object): object => ({
  type: 'object',
  required: ['type', field],
  additionalProperties: false,
  properties: { type: { type: 'string', enum: [type] }, [field]: schema },
});
const IMAGE_URL = {
  type: 'object',
  required: ['url'],
  additionalProperties: false,
  properties: { url: { type: 'string', pattern: '^data:image/(png|jpeg|webp|gif);base64,', description: 'A data URL; addresses are refused' } },
};
const CONTENT_PARTS = {
  type: 'array',
  minItems: 1,
  maxItems: contentParts,
  items: { oneOf: [part('text', 'text', { type: 'string' }), part('image_url', 'image_url', IMAGE_URL)] },
};

/** One message of a conversation. An assistant's may be empty: a stopped answer can be. */
@ApiSchema({ name: 'ChatMessage' })
export class ChatMessageDto implements ChatMessage {
  @ApiProperty({ enum: ROLES, example: 'user' })
  @IsIn(ROLES, { message: `must be one of ${ROLES.join(', ')}` })
  readonly role!: ChatRole;

  @ApiProperty({
    description: 'Text that is not blank, only an assistant’s may be empty; or parts with such a text, and images of a user',
    example: 'What is Tandem?',
    oneOf: [{ type: 'string', maxLength: textCharacters }, CONTENT_PARTS],
  })
  @ValidateIf((message: ChatMessageDto) => message.role !== 'assistant' || message.content !== '')
  @IsContent()
  readonly content!: string | ContentPart[];
}

/** `POST /stream`. */
@ApiSchema({ name: 'StreamRequest' })
export class StreamRequestDto extends AnswerParametersDto implements StreamRequest {
  @IsModel()
  readonly model!: string;

  @ApiPropertyOptional({ description: 'The prompt; or send `messages`', example: 'What is Tandem?', ...TEXT })
  @ValidateIf((request: StreamRequestDto) => request.prompt !== undefined || request.messages === undefined)
  @IsText()
  readonly prompt?: string;

  @ApiPropertyOptional({ type: [ChatMessageDto], description: 'A conversation in place of `prompt`', minItems: 1, maxItems: messageLimit })
  @IfSent()
  @NotBesidePrompt()
  @AreMessages(ChatMessageDto, 1)
  readonly messages?: ChatMessageDto[];

  @ApiPropertyOptional({ type: 'string', nullable: true, description: 'System prompt', ...TEXT })
  @IsOptional()
  @IsText()
  readonly system?: string | null;

  @InConversation()
  readonly conversation_id?: string;

  @ApiPropertyOptional({
    default: true,
    description: 'Whether what is kept of earlier prompts may be used. The last frame names it as ignored where its model’s server cannot be asked not to',
  })
  @IfSent()
  @IsBoolean({ message: 'must be true or false' })
  readonly cache_prompt?: boolean;

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
