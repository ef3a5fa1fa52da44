import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Access, LogsAt, Page, UnknownFields } from '@tandem/api/http';
import type { Request, Response } from 'express';
import { PageSender } from './page-sender';

/** The page at its routes. Nothing in it is secret. */
@ApiExcludeController()
@Controller()
@Access('public')
@UnknownFields('ignored')
@LogsAt('debug')
export class PageController {
  constructor(private readonly sender: PageSender) {}

  @Get(['', 'index.html', 'compare'])
  @Page()
  compare(@Req() request: Request, @Res() response: Response): void {
    this.sender.send(request, response, 'compare');
  }

  @Get(['chat', 'chat/:conversation'])
  @Page()
  chat(@Req() request: Request, @Res() response: Response): void {
    this.sender.send(request, response, 'chat');
  }

  @Get(['comparisons', 'comparisons/:comparison'])
  @Page()
  comparisons(@Req() request: Request, @Res() response: Response): void {
    this.sender.send(request, response, 'comparisons');
  }

  @Get('models')
  @Page()
  models(@Req() request: Request, @Res() response: Response): void {
    this.sender.send(request, response, 'models');
  }

  @Get(['runs', 'runs/:run'])
  @Page()
  runs(@Req() request: Request, @Res() response: Response): void {
    this.sender.send(request, response, 'runs');
  }
}
