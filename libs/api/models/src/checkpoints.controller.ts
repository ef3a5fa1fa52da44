import { Controller, Get, Header, type MessageEvent, Sse } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { LocalSeats } from '@tandem/api/catalogue';
import { CheckpointsFolder, LocalRuntime } from '@tandem/api/inference';
import { Access } from '@tandem/api/http';
import { ApiFaults } from '@tandem/api/openapi';
import type { CheckpointListBody, MemoryBody } from '@tandem/shared/contracts';
import type { Observable } from 'rxjs';
import { CheckpointEvents } from './checkpoint-events';
import { CHECKPOINT_EVENTS, MEMORY_SCHEMA } from './lifecycle-schemas';
import { megabytes } from './model-status-of';
import { CHECKPOINT_LIST_SCHEMA } from './schemas';

/** The checkpoints of this machine, and the memory they are loaded into. */
@ApiTags('models')
@Controller('api')
@Access('token')
export class CheckpointsController {
  constructor(
    private readonly folder: CheckpointsFolder,
    private readonly events: CheckpointEvents,
    private readonly seats: LocalSeats,
    private readonly runtime: LocalRuntime,
  ) {}

  @Get('checkpoints')
  @ApiOperation({ summary: 'The local checkpoints, keyed by name', operationId: 'listCheckpoints' })
  @ApiResponse({ status: 200, description: 'The checkpoints', schema: CHECKPOINT_LIST_SCHEMA })
  async list(): Promise<CheckpointListBody> {
    const found = await this.folder.list();
    return { models: Object.fromEntries(found.map((checkpoint) => [checkpoint.name, checkpoint])), count: found.length };
  }

  @Sse('checkpoints/stream')
  @ApiOperation({ summary: 'What is going on with local models, and every change of it', operationId: 'streamCheckpoints' })
  @ApiResponse(CHECKPOINT_EVENTS)
  @ApiFaults('server_restarting')
  stream(): Observable<MessageEvent> {
    return this.events.stream();
  }

  @Get('memory')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The memory there is, and what loaded models take of it', operationId: 'memory' })
  @ApiResponse({ status: 200, description: 'The memory', schema: MEMORY_SCHEMA })
  memory(): MemoryBody {
    const { totalBytes, availableBytes, models } = this.runtime.memory();
    return {
      status: 'success',
      total_mb: megabytes(totalBytes),
      available_mb: megabytes(availableBytes),
      models: models.map(({ name, memoryBytes }) => ({ name: this.seats.namesOf(name)[0] ?? name, memory_mb: megabytes(memoryBytes) })),
    };
  }
}
