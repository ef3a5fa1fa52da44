import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, BodySize, CountsAs } from '@tandem/api/http';
import type { Request, Response } from 'express';
import { ApiDivergence, ApiScore } from './description';
import { ScoringDesk } from './scoring-desk';
import { DivergenceRequestDto, ScoreRequestDto } from './scoring-requests.dto';
import { TextScoring } from './text-scoring';

/** How likely models find a text that is there already. */
@ApiTags('scoring')
@Controller('api')
@Access('token')
export class ScoringController {
  constructor(
    private readonly scoring: TextScoring,
    private readonly desk: ScoringDesk,
  ) {}

  @Post('scores')
  @HttpCode(200)
  @BodySize('prompt')
  @CountsAs('answer')
  @ApiOperation({ summary: 'How likely a model finds a text, token by token', operationId: 'score' })
  @ApiScore()
  score(@Body() body: ScoreRequestDto, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.answer({ name: 'score', work: (onProgress, signal) => this.scoring.score(body, onProgress, signal) }, request, response);
  }

  @Post('divergences')
  @HttpCode(200)
  @BodySize('prompt')
  @CountsAs('answer')
  @ApiOperation({ summary: 'How far two models differ over a text', operationId: 'diverge' })
  @ApiDivergence()
  diverge(@Body() body: DivergenceRequestDto, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.answer({ name: 'divergence', work: (onProgress, signal) => this.scoring.diverge(body, onProgress, signal) }, request, response);
  }
}
