import { Body, Controller, Delete, Headers, HttpCode, type MessageEvent, Param, Query, Req, RequestMethod, Res, Sse, SseSignal } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Run, RunRegistry } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import { Access, BodySize, type Client, clientOf, CountsAs } from '@tandem/api/http';
import { ApiFaults } from '@tandem/api/openapi';
import type { Request, Response } from 'express';
import { EMPTY, type Observable } from 'rxjs';
import { eventsOf } from './event-stream';
import { ApiAnswer, ApiFrames, FRAME_ID, STOPPED_SCHEMA, STREAM_ID } from './frame-schemas';
import { GenerateRequestDto } from './generate-request.dto';
import { lastNumber, parsePosition } from './position';
import { ApiGenerateBody, ApiStreamBody } from './request-examples';
import { fromGenerate, fromStream } from './run-request';
import { StreamOpener } from './stream-opener';
import { StreamQueryDto } from './stream-query.dto';
import { StreamRequestDto } from './stream-request.dto';

/** How long a resumable stream goes on without its client, in milliseconds. */
const RESUME_MS = 60_000;

@ApiTags('streaming')
@Controller()
@Access('token')
export class StreamingController {
  constructor(
    private readonly opener: StreamOpener,
    private readonly runs: RunRegistry,
  ) {}

  @Sse('stream')
  @CountsAs('answer')
  @ApiOperation({ summary: 'Ask a model, for EventSource and curl', operationId: 'streamGet' })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Sent by a browser that reconnects: it gets the rest of its own stream, or 204',
    schema: FRAME_ID,
  })
  @ApiAnswer()
  @ApiResponse({ status: 204, description: 'With `Last-Event-ID`: that stream is over, and there is nothing to reconnect for' })
  async streamGet(
    @Query() query: StreamQueryDto,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @SseSignal() left: AbortSignal,
  ): Promise<Observable<MessageEvent>> {
    const client = clientOf(request);
    if (lastEventId) return this.rest(lastEventId, client, response);
    return this.opener.open(query.model, fromStream(query), { client, response, left });
  }

  @Sse('stream', { method: RequestMethod.POST })
  @HttpCode(200)
  @BodySize('prompt')
  @CountsAs('answer')
  @ApiOperation({ summary: 'Ask a model', operationId: 'streamPost' })
  @ApiStreamBody()
  @ApiAnswer()
  async streamPost(
    @Body() body: StreamRequestDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @SseSignal() left: AbortSignal,
  ): Promise<Observable<MessageEvent>> {
    return this.opener.open(body.model, fromStream(body), { client: clientOf(request), response, left, ...(body.resumable ? { graceMs: RESUME_MS } : {}) });
  }

  @Sse('api/generate', { method: RequestMethod.POST })
  @HttpCode(200)
  @BodySize('prompt')
  @CountsAs('answer')
  @ApiOperation({ summary: 'A chat turn with its history', operationId: 'generate' })
  @ApiGenerateBody()
  @ApiAnswer()
  async generate(
    @Body() body: GenerateRequestDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @SseSignal() left: AbortSignal,
  ): Promise<Observable<MessageEvent>> {
    return this.opener.open(body.model, fromGenerate(body), { client: clientOf(request), response, left });
  }

  @Sse('stream/:stream_id')
  @ApiOperation({ summary: 'Follow a stream again, from where it was left', operationId: 'streamFollow' })
  @ApiParam(STREAM_ID)
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Id of the last frame the client has', schema: FRAME_ID })
  @ApiQuery({
    name: 'after',
    required: false,
    description: 'Number of the last frame the client has; comes before the header',
    schema: { type: 'integer', minimum: 0, maximum: 999_999_999_999_999 },
  })
  @ApiFrames()
  @ApiFaults('stream_not_found')
  follow(
    @Param('stream_id') id: string,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Query('after') after: string | undefined,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Observable<MessageEvent> {
    const last = lastNumber(id, lastEventId, after);
    const run = this.runs.get(id, clientOf(request));
    return this.goOn(run, last, response);
  }

  @Delete('stream/:stream_id')
  @HttpCode(200)
  @ApiOperation({ summary: 'Stop a stream', operationId: 'streamStop' })
  @ApiParam(STREAM_ID)
  @ApiResponse({ status: 200, description: 'The stream is stopping; it ends with `finish_reason: cancelled`', schema: STOPPED_SCHEMA })
  @ApiFaults('stream_not_found')
  stop(@Param('stream_id') id: string, @Req() request: Request): { status: 'success'; stream_id: string } {
    this.runs.get(id, clientOf(request)).stop();
    return { status: 'success', stream_id: id };
  }

  /** A browser that reconnects by itself gets the rest of its own stream; 204 tells it to stop. Never a second answer. */
  private rest(lastEventId: string, client: Client, response: Response): Observable<MessageEvent> {
    const position = parsePosition(lastEventId);
    const run = position && this.runs.find(position.streamId, client);
    if (!run?.hasAfter(position?.number ?? 0)) {
      response.status(204);
      return EMPTY;
    }
    return this.goOn(run, position?.number ?? 0, response);
  }

  /** What a client missed must be there as a whole: a gap in an answer would not show. */
  private goOn(run: Run, after: number, response: Response): Observable<MessageEvent> {
    if (!run.reaches(after)) {
      throw new Fault('stream_not_found', 'What followed that frame is not kept any more: the answer is very long. Send the prompt again.', { param: 'after' });
    }
    response.setHeader('X-Stream-Id', run.id);
    return eventsOf(run, response, after);
  }
}
