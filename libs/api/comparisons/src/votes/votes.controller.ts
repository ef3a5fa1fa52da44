import { Body, Controller, Get, Header, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '@tandem/api/http';
import { requireStorable } from '@tandem/api/store';
import type { RankedModel, TurnVotes, Vote, VoteSummary } from '@tandem/shared/contracts';
import type { Request, Response } from 'express';
import { RANKING_BODY, SUMMARY_BODY, VOTES_BODY } from '../comparison-schemas';
import { ApiOfOne, ApiThing, ApiVote } from '../description';
import { RankingQueryDto, SummaryQueryDto } from '../requests/queries.dto';
import { KeptVotes } from './kept-votes';
import { VoteDto } from './vote.dto';
import { Voters } from './voters';

interface VoteBody {
  readonly status: 'success';
  readonly vote: Vote;
}

/** Which answer was better: one vote of each voter on each turn. */
@ApiTags('votes')
@Controller('api')
@Access('token')
export class VotesController {
  constructor(
    private readonly kept: KeptVotes,
    private readonly voters: Voters,
  ) {}

  @Post('comparisons/:id/votes')
  @ApiOperation({
    summary: 'Vote on a turn',
    description: 'A voter is whom the access token stands for; without one, a browser, which is given the HttpOnly cookie `tandem_voter`.',
    operationId: 'castVote',
  })
  @ApiVote(201, 'It counts', 'conflict')
  async cast(@Param('id') id: string, @Body() body: VoteDto, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<VoteBody> {
    return { status: 'success', vote: await this.kept.cast(id, this.voters.voterOf(request, response), body) };
  }

  @Put('comparisons/:id/votes')
  @HttpCode(200)
  @ApiOperation({ summary: 'Change a vote', operationId: 'changeVote' })
  @ApiVote(200, 'It counts as it is now')
  async change(@Param('id') id: string, @Body() body: VoteDto, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<VoteBody> {
    return { status: 'success', vote: await this.kept.change(id, this.voters.voterOf(request, response), body) };
  }

  @Get('comparisons/:id/votes')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The votes on each turn, and yours', operationId: 'listVotes' })
  @ApiOfOne()
  @ApiResponse({ status: 200, description: 'Of every turn', schema: VOTES_BODY })
  async list(
    @Param('id') id: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ readonly status: 'success'; readonly votes: readonly TurnVotes[] }> {
    return { status: 'success', votes: await this.kept.ofTurns(id, this.voters.voterOf(request, response)) };
  }

  @Get('votes/summary')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'What the votes on a pair come to', operationId: 'voteSummary' })
  @ApiThing(200, 'It may be looked at after every vote', SUMMARY_BODY)
  async summary(@Query() query: SummaryQueryDto): Promise<{ readonly status: 'success' } & VoteSummary> {
    requireStorable(query);
    const { baseline, derivative, blind } = query;
    return { status: 'success', ...(await this.kept.summary(baseline, derivative, blind === undefined ? undefined : blind === 'true')) };
  }

  @Get('votes/ranking')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'All models by the votes on pairs of them',
    description:
      'Strengths by Bradley and Terry: the odds that one wins against another are e to their difference. Null where the votes do not say: some have never lost to the others.',
    operationId: 'voteRanking',
  })
  @ApiThing(200, 'The strongest first', RANKING_BODY)
  async ranking(@Query() { blind }: RankingQueryDto): Promise<{ readonly status: 'success'; readonly models: readonly RankedModel[] }> {
    return { status: 'success', models: await this.kept.ranking(blind === undefined ? undefined : blind === 'true') };
  }
}
