import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsConversationId } from '@tandem/api/platform';
import { IsOptional } from 'class-validator';

export class ClearChatDto {
  @ApiPropertyOptional({ type: 'string', nullable: true, maxLength: 128, description: 'Which conversation; all of them where it is left out' })
  @IsOptional()
  @IsConversationId()
  readonly conversation_id?: string | null;
}
