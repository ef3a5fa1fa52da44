import { ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsConversationId } from '@tandem/api/http';
import { REQUEST_LIMITS } from '@tandem/shared/contracts';
import { IsOptional } from 'class-validator';

@ApiSchema({ name: 'ClearChat' })
export class ClearChatDto {
  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    minLength: 1,
    maxLength: REQUEST_LIMITS.conversationIdCharacters,
    example: '7f3c9d52-1f0e-4a55-9a3e-0f4f2a6d9b11',
    description: 'Which conversation; all of this client where it is left out',
  })
  @IsOptional()
  @IsConversationId()
  readonly conversation_id?: string | null;
}
