import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, BodySize, clientOf, CountsAs } from '@tandem/api/http';
import { requireStorable } from '@tandem/api/store';
import type { BlindReveal, OpenedBlind } from '@tandem/shared/contracts';
import type { Request, Response } from 'express';
import { ApiBlind, ApiBlindSeen, ApiBlindVote } from '../description';
import { BlindVoteDto } from '../votes/vote.dto';
import { Voters } from '../votes/voters';
import { BlindRequestDto } from './blind-request.dto';
import { BlindTrials } from './blind-trials';

/** Two answers of which nobody knows whose they are, until the vote. */
@ApiTags('votes')
@Controller('api/blind')
@Access('token')
export class BlindController {
  constructor(
    private readonly trials: BlindTrials,
    private readonly voters: Voters,
  ) {}

  @Post()
  @BodySize('prompt')
  @CountsAs('answer')
  @ApiOperation({
    summary: 'Ask two models without knowing which is which',
    description:
      'Who is left is drawn here. Until the vote the two streams tell nothing but words: no phases, timings, usage, seed or model, neither gets ahead of the other, and a failure is told without its reason.',
    operationId: 'startBlind',
  })
  @ApiBlind()
  async start(
    @Body() body: BlindRequestDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ readonly status: 'success' } & OpenedBlind> {
    requireStorable(body);
    return { status: 'success', ...(await this.trials.open(body, this.voters.voterOf(request, response), clientOf(request))) };
  }

  @Post(':id/vote')
  @HttpCode(200)
  @ApiOperation({ summary: 'Vote, and learn who was who', operationId: 'voteBlind' })
  @ApiBlindVote()
  async vote(
    @Param('id') id: string,
    @Body() { choice }: BlindVoteDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ readonly status: 'success' } & BlindReveal> {
    return { status: 'success', ...(await this.trials.vote(id, this.voters.voterOf(request, response), choice)) };
  }

  @Get(':id/vote')
  @ApiOperation({ summary: 'Your vote, and who was who', operationId: 'getBlindVote' })
  @ApiBlindSeen()
  async seen(
    @Param('id') id: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ readonly status: 'success' } & BlindReveal> {
    return { status: 'success', ...(await this.trials.seen(id, this.voters.voterOf(request, response))) };
  }
}
