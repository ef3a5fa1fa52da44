import { Body, Controller, Get, Header, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, BodySize, CountsAs } from '@tandem/api/http';
import type { SeriesListBody } from '@tandem/shared/contracts';
import type { Request, Response } from 'express';
import { ApiSeries, ApiSeriesList } from './description';
import { ScoringResponder } from './scoring-responder';
import { SeriesList } from './series-list';
import { SeriesRequestDto } from './series-request.dto';
import { SeriesScoring } from './series-scoring';

/** Models that stand in one line, and how far each is from where it begins. */
@ApiTags('scoring')
@Controller('api')
@Access('token')
export class SeriesController {
  constructor(
    private readonly list: SeriesList,
    private readonly scoring: SeriesScoring,
    private readonly responder: ScoringResponder,
  ) {}

  @Get('series')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The local models that stand in one line', operationId: 'listSeries' })
  @ApiSeriesList()
  async known(): Promise<SeriesListBody> {
    return { status: 'success', series: await this.list.list() };
  }

  @Post('divergences/series')
  @HttpCode(200)
  @BodySize('prompt')
  @CountsAs('answer')
  @ApiOperation({ summary: 'How far each of several models is from one baseline', operationId: 'divergeSeries' })
  @ApiSeries()
  measure(@Body() body: SeriesRequestDto, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.responder.answer({ name: 'series', work: (onProgress, signal) => this.scoring.measure(body, onProgress, signal) }, request, response);
  }
}
