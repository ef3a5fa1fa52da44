import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '@tandem/api/http';
import { ApiDocument } from './api-document';

@ApiTags('description')
@Controller('api')
@Access('token')
export class DocumentController {
  constructor(private readonly document: ApiDocument) {}

  @Get('openapi.json')
  @Header('Content-Type', 'application/json; charset=utf-8')
  @Header('Cache-Control', 'no-cache')
  @ApiOperation({ summary: 'This document, which `GET /api/docs` shows', operationId: 'getOpenApi' })
  @ApiResponse({
    status: 200,
    description: 'OpenAPI 3.1',
    schema: {
      type: 'object',
      required: ['openapi', 'info', 'paths'],
      properties: {
        openapi: { type: 'string', example: '3.1.0' },
        info: { type: 'object', additionalProperties: true },
        paths: { type: 'object', additionalProperties: true },
      },
      additionalProperties: true,
    },
  })
  read(): string {
    return this.document.json;
  }
}
