import { All, Body, Controller, Get, HttpCode, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Catalogue, type CatalogueItem } from '@tandem/api/catalogue';
import { Access, BodySize, CountsAs, Errors, UnknownFields } from '@tandem/api/http';
import { ApiFaults } from '@tandem/api/openapi';
import type { Request, Response } from 'express';
import { AnswerOpener } from './answer-opener';
import { CHAT, TEXT } from './answer-shape';
import { ApiChat, ApiRespond, ApiText, MODEL, MODELS } from './description';
import { readResponse } from './read-response-request';
import { readChat, readCompletion } from './read-request';

/** The routes of OpenAI's API that its clients use, over the same models as everything else. */
@ApiTags('openai')
@Controller('v1')
@Access('token')
@Errors('openai')
@UnknownFields('ignored')
export class OpenAiController {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly answers: AnswerOpener,
  ) {}

  @Get('models')
  @ApiOperation({ summary: 'All models, for OpenAI clients', operationId: 'openaiListModels' })
  @ApiResponse({ status: 200, description: 'The models', schema: MODELS as never })
  async list(): Promise<object> {
    return { object: 'list', data: (await this.catalogue.items()).map(modelOf) };
  }

  @Get('models/*id')
  @ApiOperation({ summary: 'One model, for OpenAI clients', operationId: 'openaiGetModel' })
  @ApiParam({ name: 'id', type: String, description: 'Id, name or endpoint of a model', example: 'tandem-tiny-chat' })
  @ApiResponse({ status: 200, description: 'The model', schema: MODEL as never })
  @ApiFaults('model_not_found')
  async get(@Param('id') id: string | string[]): Promise<object> {
    return modelOf(await this.catalogue.find(Array.isArray(id) ? id.join('/') : id));
  }

  @Post('chat/completions')
  @HttpCode(200)
  @BodySize('demands')
  @CountsAs('answer')
  @ApiOperation({ summary: 'A chat answer, for OpenAI clients', operationId: 'openaiChat' })
  @ApiChat()
  chat(@Body() body: Record<string, unknown>, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.answers.answer(readChat(body), CHAT, request, response);
  }

  @Post('completions')
  @HttpCode(200)
  @BodySize('demands')
  @CountsAs('answer')
  @ApiOperation({ summary: 'A completion of a prompt, for OpenAI clients', operationId: 'openaiComplete' })
  @ApiText()
  complete(@Body() body: Record<string, unknown>, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.answers.answer(readCompletion(body), TEXT, request, response);
  }

  @Post('responses')
  @HttpCode(200)
  @BodySize('demands')
  @CountsAs('answer')
  @ApiOperation({ summary: 'A response, for OpenAI clients', operationId: 'openaiRespond' })
  @ApiRespond()
  respond(@Body() body: Record<string, unknown>, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.answers.respond(readResponse(body), request, response);
  }

  /** Stands behind all others: what is not here fails in the shape that these clients read. */
  @All(['', '*rest'])
  @ApiExcludeEndpoint()
  nothing(@Req() { method, path }: Request): never {
    throw new NotFoundException(`Cannot ${method} ${path}`);
  }
}

function modelOf({ card: { id, provider }, since }: CatalogueItem): object {
  return { id, object: 'model', created: Math.floor(since.getTime() / 1000), owned_by: provider ?? 'tandem' };
}
