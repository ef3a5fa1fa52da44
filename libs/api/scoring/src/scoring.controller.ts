import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, BodySize, CountsAs } from '@tandem/api/http';
import type { Request, Response } from 'express';
import { ApiDivergence, ApiParity, ApiScore } from './description';
import { PairParity } from './parity/pair-parity';
import { ParityRequestDto } from './parity/parity-request.dto';
import { ScoringResponder } from './scoring-responder';
import { DivergenceRequestDto, ScoreRequestDto } from './scoring-requests.dto';
import { TextScoring } from './text-scoring';

/** How likely models find a text that is there already, and whether a pair is asked the same. */
@ApiTags('scoring')
@Controller('api')
@Access('token')
export class ScoringController {
  constructor(
    private readonly scoring: TextScoring,
    private readonly parity: PairParity,
    private readonly responder: ScoringResponder,
  ) {}

  @Post('scores')
  @HttpCode(200)
  @BodySize('prompt')
  @CountsAs('answer')
  @ApiOperation({ summary: 'How likely a model finds a text, token by token', operationId: 'score' })
  @ApiScore()
  score(@Body() body: ScoreRequestDto, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.responder.answer({ name: 'score', work: (onProgress, signal) => this.scoring.score(body, onProgress, signal) }, request, response);
  }

  @Post('divergences')
  @HttpCode(200)
  @BodySize('prompt')
  @CountsAs('answer')
  @ApiOperation({ summary: 'How far two models differ over a text', operationId: 'diverge' })
  @ApiDivergence()
  diverge(@Body() body: DivergenceRequestDto, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.responder.answer({ name: 'divergence', work: (onProgress, signal) => this.scoring.diverge(body, onProgress, signal) }, request, response);
  }

  @Post('parity')
  @HttpCode(200)
  @BodySize('prompt')
  @CountsAs('answer')
  @ApiOperation({ summary: 'How both models of a pair would be asked, and what of that differs', operationId: 'compareAsked' })
  @ApiParity()
  compareAsked(@Body() body: ParityRequestDto, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.responder.answer({ name: 'parity', work: (_, signal) => this.parity.compare(body, signal) }, request, response);
  }
}
