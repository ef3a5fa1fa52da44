import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { LocalSeats } from '@tandem/api/catalogue';
import { LocalRuntime, WeightsChecksums } from '@tandem/api/inference';
import { Access } from '@tandem/api/http';
import { ApiFaults } from '@tandem/api/openapi';
import type { ActionBody, CheckpointState, ChecksumsBody, ModelStatus } from '@tandem/shared/contracts';
import { EmptyBodyDto } from './empty-body.dto';
import { ACTION_SCHEMA, CHECKSUMS_SCHEMA, STATUS_SCHEMA } from './lifecycle-schemas';
import { modelStatusOf } from './model-status-of';
import { nameFrom } from './name-from';
import { UnloadQueryDto } from './unload-query.dto';

const NAME = {
  name: 'name',
  type: String,
  description: 'Id, name or endpoint of a local model. It may hold slashes, raw or percent-encoded.',
  example: 'sft/tandem-tiny-chat.gguf',
};
const NO_BODY = { type: EmptyBodyDto, required: false };

/** What can be done with one local model. The routes stand before `/api/models/*id`, which takes every other address. */
@ApiTags('models')
@Controller('api/models')
@Access('token')
export class LocalModelsController {
  constructor(
    private readonly seats: LocalSeats,
    private readonly runtime: LocalRuntime,
    private readonly checksums: WeightsChecksums,
  ) {}

  @Get('*name/status')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'What is going on with a local model', operationId: 'modelStatus' })
  @ApiParam(NAME)
  @ApiResponse({ status: 200, description: 'Its status', schema: STATUS_SCHEMA })
  @ApiFaults('model_not_found', 'conflict')
  async status(@Param('name') param: string | string[]): Promise<ModelStatus> {
    const { seat, name } = await this.seats.find(nameFrom(param));
    return modelStatusOf(name, this.runtime.status(seat));
  }

  @Get('*name/checksums')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'The SHA-256 of the files that a local model is loaded from',
    description: 'The files are read once for as long as they stay as they are, one model after the other: the first answer takes seconds for each gigabyte.',
    operationId: 'modelChecksums',
  })
  @ApiParam(NAME)
  @ApiResponse({ status: 200, description: 'The checksums', schema: CHECKSUMS_SCHEMA })
  @ApiFaults('model_not_found', 'conflict')
  async checksumsOf(@Param('name') param: string | string[]): Promise<ChecksumsBody> {
    const { seat } = await this.seats.find(nameFrom(param));
    return { status: 'success', checksums: await this.checksums.of(seat) };
  }

  @Post('*name/load')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Load a local model',
    description: 'It goes on after the answer; the status says how far. Twice at once is one load. A checkpoint of another format is converted first, once.',
    operationId: 'loadModel',
  })
  @ApiParam(NAME)
  @ApiBody(NO_BODY)
  @ApiResponse({ status: 202, description: 'It is being converted or loaded, or is loaded', schema: ACTION_SCHEMA })
  @ApiFaults('model_not_found', 'conflict', 'model_invalid', 'insufficient_memory', 'disk_full', 'queue_full', 'local_inference_unavailable')
  async load(@Param('name') param: string | string[], @Body() _: EmptyBodyDto): Promise<ActionBody> {
    const { seat, name } = await this.seats.find(nameFrom(param));
    await this.runtime.startLoading(seat);
    return { success: true, message: sayStarted(name, this.runtime.status(seat).status) };
  }

  @Delete('*name/load')
  @HttpCode(200)
  @ApiOperation({ summary: 'Cancel a load, or a conversion', operationId: 'cancelLoad' })
  @ApiParam(NAME)
  @ApiResponse({ status: 200, description: 'Nothing is being converted or loaded any more', schema: ACTION_SCHEMA })
  @ApiFaults('model_not_found', 'conflict')
  async cancelLoad(@Param('name') param: string | string[]): Promise<ActionBody> {
    const { seat, name } = await this.seats.find(nameFrom(param));
    await this.runtime.cancelLoading(seat);
    return { success: true, message: `Loading ${name} cancelled` };
  }

  @Post('*name/unload')
  @HttpCode(200)
  @ApiOperation({ summary: 'Unload a local model', description: 'Unloading one that is not loaded succeeds.', operationId: 'unloadModel' })
  @ApiParam(NAME)
  @ApiBody(NO_BODY)
  @ApiResponse({ status: 200, description: 'Its memory is free', schema: ACTION_SCHEMA })
  @ApiFaults('model_not_found', 'conflict')
  async unload(@Param('name') param: string | string[], @Query() { force }: UnloadQueryDto, @Body() _: EmptyBodyDto): Promise<ActionBody> {
    const { seat, name } = await this.seats.find(nameFrom(param));
    await this.runtime.unload(seat, force === 'true');
    return { success: true, message: `Model ${name} unloaded` };
  }
}

function sayStarted(name: string, status: CheckpointState): string {
  if (status === 'loaded') return `Model ${name} loaded`;
  return status === 'converting' ? `Model ${name} is being converted` : `Model ${name} is loading`;
}
