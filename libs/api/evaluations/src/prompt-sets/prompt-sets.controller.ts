import { Controller, Delete, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Fault } from '@tandem/api/faults';
import { Access, BodySize } from '@tandem/api/http';
import type { PromptSetCard, SetPrompt } from '@tandem/shared/contracts';
import type { Request } from 'express';
import { PagingDto } from '../paging.dto';
import { ApiPromptSet, ApiPromptSetAdded, ApiPromptSetRemoved, ApiPromptSets } from './prompt-set-description';
import { PromptSets } from './prompt-sets';
import { readPromptSet, type SetFormat } from './read-prompt-set';
import { SetNameQueryDto } from './set-name-query.dto';

const UNNAMED = 'Prompt set';

/** Prompt sets: many prompts with what their answers must be. */
@ApiTags('evaluations')
@Controller('api/prompt-sets')
@Access('token')
export class PromptSetsController {
  constructor(private readonly sets: PromptSets) {}

  @Post()
  @BodySize('prompts')
  @ApiPromptSetAdded()
  async add(@Query() { name }: SetNameQueryDto, @Req() request: Request): Promise<{ status: 'success'; prompt_set: PromptSetCard }> {
    const { sentFile } = request;
    if (sentFile === undefined) throw new Fault('invalid_request', 'The request body must be a file of prompts: JSONL, CSV or JSON.');
    const file = await readPromptSet(sentFile, formatOf(request));
    return { status: 'success', prompt_set: await this.sets.add(name ?? file.name ?? UNNAMED, file) };
  }

  @Get()
  @ApiOperation({ summary: 'The prompt sets, newest first', operationId: 'listPromptSets' })
  @ApiPromptSets()
  async list(
    @Query() { cursor, limit = PagingDto.limit }: PagingDto,
  ): Promise<{ status: 'success'; prompt_sets: readonly PromptSetCard[]; next_cursor: string | null }> {
    const { rows, next } = await this.sets.list(cursor, limit);
    return { status: 'success', prompt_sets: rows, next_cursor: next };
  }

  @Get(':id')
  @ApiOperation({ summary: 'A prompt set with its prompts', operationId: 'getPromptSet' })
  @ApiPromptSet()
  async get(@Param('id') id: string): Promise<{ status: 'success'; prompt_set: PromptSetCard & { readonly prompts: readonly SetPrompt[] } }> {
    const { card, prompts } = await this.sets.get(id);
    return { status: 'success', prompt_set: { ...card, prompts } };
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Delete a prompt set that no run is over', operationId: 'deletePromptSet' })
  @ApiPromptSetRemoved()
  async remove(@Param('id') id: string): Promise<{ status: 'success'; id: string }> {
    await this.sets.remove(id);
    return { status: 'success', id };
  }
}

function formatOf(request: Request): SetFormat {
  if (request.is('text/csv')) return 'csv';
  return request.is('application/json') ? 'json' : 'jsonl';
}
