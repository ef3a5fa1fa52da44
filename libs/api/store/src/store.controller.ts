import { Controller, Delete, Get, Header, HttpCode, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access, sendAttachment } from '@tandem/api/http';
import { ApiFaults } from '@tandem/api/openapi';
import type { StoreStatus } from '@tandem/shared/contracts';
import type { Response } from 'express';
import { Store } from './store';
import { CLEARED_BODY, STORE_BODY } from './store-schemas';
import { StoreContents } from './whole/store-contents';

/** What is kept as a whole, whatever it is. */
@ApiTags('store')
@Controller('api/store')
@Access('token')
export class StoreController {
  constructor(
    private readonly store: Store,
    private readonly contents: StoreContents,
  ) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Whether anything can be kept, and why not', operationId: 'storeStatus' })
  @ApiResponse({ status: 200, description: 'Also while it is off', schema: STORE_BODY })
  read(): { readonly status: 'success'; readonly store: StoreStatus } {
    return { status: 'success', store: this.store.status };
  }

  @Get('export')
  @Access('admin')
  @ApiBearerAuth('admin')
  @ApiOperation({ summary: 'Take along all that is kept', operationId: 'exportStore' })
  @ApiResponse({
    status: 200,
    description: 'A line of JSON for each row: `{"table","row"}`',
    content: { 'application/x-ndjson': { schema: { type: 'string' } } },
  })
  @ApiFaults('store_unavailable')
  async export(@Res() response: Response): Promise<void> {
    const lines = this.contents.lines();
    // what fails before the first byte has a status of its own
    const first = await lines.next();
    const pieces = first.done === true ? [] : joined(first.value, lines);
    await sendAttachment(response, { type: 'application/x-ndjson', name: 'tandem.jsonl', pieces });
  }

  @Delete()
  @HttpCode(200)
  @Access('operator')
  @ApiBearerAuth('admin')
  @ApiOperation({ summary: 'Delete all that is kept', operationId: 'clearStore' })
  @ApiResponse({ status: 200, description: 'It is gone, from the disk as well', schema: CLEARED_BODY })
  @ApiFaults('store_unavailable', 'forbidden')
  async clear(): Promise<{ readonly status: 'success'; readonly rows: number }> {
    return { status: 'success', rows: await this.contents.clear() };
  }
}

async function* joined(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}
