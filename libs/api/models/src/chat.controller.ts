import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { LocalRuntime } from '@tandem/api/inference';
import type { ActionBody } from '@tandem/shared/contracts';
import { ClearChatDto } from './clear-chat.dto';
import { ACTION_SCHEMA } from './lifecycle-schemas';

/** Conversations live in the client; this machine only keeps what its models have read of them. */
@ApiTags('models')
@Controller('api/chat')
export class ChatController {
  constructor(private readonly runtime: LocalRuntime) {}

  @Post('clear')
  @HttpCode(200)
  @ApiOperation({ summary: 'Drop the prompt state kept for a conversation', operationId: 'clearChat' })
  @ApiBody({ type: ClearChatDto, required: false })
  @ApiResponse({ status: 200, description: 'Nothing of it is kept any more', schema: ACTION_SCHEMA })
  async clear(@Body() { conversation_id }: ClearChatDto): Promise<ActionBody> {
    await this.runtime.forget(conversation_id ?? null);
    return { success: true, message: 'Chat history cleared' };
  }
}
