import { Body, Controller, Delete, Get, HttpCode, type MessageEvent, Param, Post, Query, Res, Sse } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, BodySize } from '@tandem/api/http';
import type { RunCard, RunItem, RunFindings } from '@tandem/shared/contracts';
import type { Response } from 'express';
import type { Observable } from 'rxjs';
import { RunExport } from '../export/run-export';
import { PagingDto } from '../paging.dto';
import { ApiRun, ApiRunActed, ApiRunAdded, ApiRunEvents, ApiRunExport, ApiRunItems, ApiRunRemoved, ApiRuns } from './run-description';
import { RunBook } from './run-book';
import { RunScheduler } from './run-scheduler';
import { RunEvents } from './run-events';
import { ExportQueryDto, ItemQueryDto, RunRequestDto } from './run-requests.dto';

interface Acted {
  readonly status: 'success';
  readonly run: RunCard;
}

/** Runs: prompt sets asked of several models, in the background. */
@ApiTags('evaluations')
@Controller('api/runs')
@Access('token')
export class RunsController {
  constructor(
    private readonly book: RunBook,
    private readonly scheduler: RunScheduler,
    private readonly following: RunEvents,
    private readonly exports: RunExport,
  ) {}

  @Post()
  @HttpCode(202)
  @BodySize('prompt')
  @ApiOperation({ summary: 'Ask models all prompts of a set', operationId: 'addRun' })
  @ApiRunAdded()
  async add(@Body() body: RunRequestDto): Promise<Acted> {
    return { status: 'success', run: await this.book.start(body) };
  }

  @Get()
  @ApiOperation({ summary: 'The runs, newest first', operationId: 'listRuns' })
  @ApiRuns()
  async list(@Query() { cursor, limit = PagingDto.limit }: PagingDto): Promise<{ status: 'success'; runs: readonly RunCard[]; next_cursor: string | null }> {
    const { rows, next } = await this.book.list(cursor, limit);
    return { status: 'success', runs: rows, next_cursor: next };
  }

  @Get(':id')
  @ApiOperation({ summary: 'A run with what it found so far', operationId: 'getRun' })
  @ApiRun()
  async get(@Param('id') id: string): Promise<{ status: 'success'; run: RunCard & { readonly summary: RunFindings } }> {
    return { status: 'success', run: await this.book.withSummary(id) };
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Delete a run that is not at work', operationId: 'deleteRun' })
  @ApiRunRemoved()
  async remove(@Param('id') id: string): Promise<{ status: 'success'; id: string }> {
    await this.book.remove(id);
    return { status: 'success', id };
  }

  @Get(':id/items')
  @ApiOperation({ summary: 'The items of a run: one for each prompt and repeat', operationId: 'listRunItems' })
  @ApiRunItems()
  async items(
    @Param('id') id: string,
    @Query() { sort = 'id', filter, cursor, limit = PagingDto.limit }: ItemQueryDto,
  ): Promise<{ status: 'success'; items: readonly RunItem[]; next_cursor: string | null }> {
    const { rows, next } = await this.book.items(id, { sort, filter, cursor, limit });
    return { status: 'success', items: rows, next_cursor: next };
  }

  @Sse(':id/events')
  @ApiOperation({ summary: 'How far a run is, now and whenever that changes', operationId: 'followRun' })
  @ApiRunEvents()
  events(@Param('id') id: string): Promise<Observable<MessageEvent>> {
    return this.following.stream(id);
  }

  @Get(':id/export')
  @ApiOperation({ summary: 'A run as a file', operationId: 'exportRun' })
  @ApiRunExport()
  export(@Param('id') id: string, @Query() { format }: ExportQueryDto, @Res() response: Response): Promise<void> {
    return this.exports.send(id, format, response);
  }

  @Post(':id/pause')
  @HttpCode(202)
  @ApiOperation({ summary: 'Begin no more items', operationId: 'pauseRun' })
  @ApiRunActed('What is being asked is still kept')
  async pause(@Param('id') id: string): Promise<Acted> {
    await this.scheduler.pause(id);
    return this.told(id);
  }

  @Post(':id/resume')
  @HttpCode(202)
  @ApiOperation({ summary: 'Go on with a run that was paused', operationId: 'resumeRun' })
  @ApiRunActed('It goes on')
  async resume(@Param('id') id: string): Promise<Acted> {
    await this.scheduler.resume(id);
    return this.told(id);
  }

  @Post(':id/cancel')
  @HttpCode(202)
  @ApiOperation({ summary: 'End a run before its end', operationId: 'cancelRun' })
  @ApiRunActed('What was asked stays; nothing goes on')
  async cancel(@Param('id') id: string): Promise<Acted> {
    await this.scheduler.cancel(id);
    return this.told(id);
  }

  private async told(id: string): Promise<Acted> {
    return { status: 'success', run: await this.book.card(id) };
  }
}
