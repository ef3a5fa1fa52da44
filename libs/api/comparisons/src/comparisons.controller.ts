import { setImmediate } from 'node:timers/promises';
import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Fault } from '@tandem/api/faults';
import { Access, BodySize, sendAttachment } from '@tandem/api/http';
import { requireStorable } from '@tandem/api/store';
import type { Comparison, ComparisonRow } from '@tandem/shared/contracts';
import type { Request, Response } from 'express';
import { COMPARISON_BODY, COMPARISON_LIST, DELETED_BODY } from './comparison-schemas';
import { ApiChange, ApiKeep, ApiOfOne, ApiThing } from './description';
import { exportFile } from './export/export-file';
import { Exports } from './export/exports';
import { contentOf } from './kept/content-of';
import { KeptComparisons } from './kept/kept-comparisons';
import { ComparisonChangeDto, ComparisonRequestDto } from './requests/comparison.dto';
import { DEFAULT_LIMIT, ExportQueryDto, ListQueryDto } from './requests/queries.dto';
import { Voters } from './votes/voters';

interface ComparisonBody {
  readonly status: 'success';
  readonly comparison: Comparison;
}

interface ListBody {
  readonly status: 'success';
  readonly comparisons: readonly ComparisonRow[];
  readonly next_cursor: string | null;
}

/** Comparisons that somebody asked to keep. Whoever may use this server may read, rename and delete them. */
@ApiTags('comparisons')
@Controller('api/comparisons')
@Access('token')
export class ComparisonsController {
  constructor(
    private readonly kept: KeptComparisons,
    private readonly voters: Voters,
    private readonly exports: Exports,
  ) {}

  @Post()
  @BodySize('demands')
  @ApiOperation({ summary: 'Keep a comparison', operationId: 'keepComparison' })
  @ApiKeep()
  async keep(@Body() body: ComparisonRequestDto): Promise<ComparisonBody> {
    requireStorable(body);
    return { status: 'success', comparison: await this.kept.add(contentOf(body)) };
  }

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The comparisons that are kept, page by page', operationId: 'listComparisons' })
  @ApiThing(200, 'Without their answers', COMPARISON_LIST)
  async list(@Query() query: ListQueryDto): Promise<ListBody> {
    requireStorable(query);
    const { rows, next } = await this.kept.list({ ...query, limit: query.limit ?? DEFAULT_LIMIT });
    return { status: 'success', comparisons: rows, next_cursor: next };
  }

  @Get(':id')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'One comparison, with its answers', operationId: 'getComparison' })
  @ApiOfOne()
  @ApiResponse({ status: 200, description: 'All of it', schema: COMPARISON_BODY })
  async get(@Param('id') id: string, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<ComparisonBody> {
    const comparison = await this.kept.get(id);
    this.voters.greet(request, response);
    return { status: 'success', comparison };
  }

  @Patch(':id')
  @BodySize('prompt')
  @ApiOperation({ summary: 'Change its title or its note', operationId: 'changeComparison' })
  @ApiChange()
  async change(@Param('id') id: string, @Body() body: ComparisonChangeDto): Promise<ComparisonBody> {
    if (body.title === undefined && body.note === undefined) throw new Fault('invalid_request', 'title: send a title, a note, or both.', { param: 'title' });
    requireStorable(body);
    return { status: 'success', comparison: await this.kept.change(id, body) };
  }

  @Delete(':id')
  @HttpCode(200)
  @ApiOperation({ summary: 'Delete it, and the votes on it', operationId: 'deleteComparison' })
  @ApiOfOne()
  @ApiResponse({ status: 200, description: 'It is gone', schema: DELETED_BODY })
  async remove(@Param('id') id: string): Promise<{ readonly status: 'success'; readonly id: string }> {
    await this.kept.remove(id);
    return { status: 'success', id };
  }

  @Get(':id/export')
  @ApiOperation({
    summary: 'Take it along as a file',
    description:
      '`json` is what `POST /api/comparisons` takes. `csv` has a row for each turn; what a spreadsheet would run as a formula begins with an apostrophe there. `md` and `html` say where the answers differ and what was voted; `html` is one file that needs no server and runs no script.',
    operationId: 'exportComparison',
  })
  @ApiOfOne()
  @ApiResponse({
    status: 200,
    description: 'The file, as an attachment',
    content: Object.fromEntries(
      ['application/json', 'application/x-ndjson', 'text/csv', 'text/markdown', 'text/html'].map((type) => [
        type,
        { schema: type === 'application/json' ? { type: 'object', additionalProperties: true } : { type: 'string' } },
      ]),
    ),
  })
  async export(@Param('id') id: string, @Query() { format }: ExportQueryDto, @Res() response: Response): Promise<void> {
    const exported = await this.exports.of(id);
    const { type, pieces } = exportFile(exported, format);
    await sendAttachment(response, { type, name: `comparison-${exported.comparison.id}.${format}`, pieces: inTurns(pieces) });
  }
}

/** Whoever else asks gets an answer between two pieces. */
async function* inTurns(pieces: Iterable<string>): AsyncGenerator<string> {
  for (const piece of pieces) {
    yield piece;
    await setImmediate();
  }
}
