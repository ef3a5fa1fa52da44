import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { LocalRuntime } from '@tandem/api/inference';
import { Access, clientOf } from '@tandem/api/http';
import type { ActionBody } from '@tandem/shared/contracts';
import type { Request } from 'express';
import { ClearChatDto } from './clear-chat.dto';
import { ACTION_SCHEMA } from './lifecycle-schemas';

/** Conversations live in the client; this machine only keeps what its models have read of them. */
@ApiTags('models')
@Controller('api/chat')
@Access('token')
export class ChatController {
  constructor(private readonly runtime: LocalRuntime) {}

  @Post('clear')
  @HttpCode(200)
  @ApiOperation({ summary: 'Drop the prompt state kept for a conversation', operationId: 'clearChat' })
  @ApiBody({
    type: ClearChatDto,
    required: false,
    examples: {
      one: { summary: 'One conversation', value: { conversation_id: '7f3c9d52-1f0e-4a55-9a3e-0f4f2a6d9b11' } },
      all: { summary: 'All of this client', value: {} },
    },
  })
  @ApiResponse({ status: 200, description: 'Nothing of it is kept any more', schema: ACTION_SCHEMA })
  async clear(@Body() { conversation_id }: ClearChatDto, @Req() request: Request): Promise<ActionBody> {
    await this.runtime.forget(conversation_id ?? null, clientOf(request).owner);
    return { success: true, message: 'Chat history cleared' };
  }
}
