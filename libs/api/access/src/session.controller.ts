import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ENVIRONMENT, type Environment } from '@tandem/api/config';
import { ApiFaults, Fault } from '@tandem/api/platform';
import type { SessionBody } from '@tandem/shared/contracts';
import type { Request, Response } from 'express';
import { AccessTokens } from './access-tokens';
import { ACCESS_COOKIE, credentialOf } from './credential';
import { SESSION_SCHEMA } from './session-schema';
import { SignInDto } from './sign-in.dto';

const KEPT_MS = 30 * 24 * 60 * 60_000;

/** Signing in on the page: the token goes into a cookie that no script can read, and stays there. */
@ApiTags('access')
@Controller('api/session')
export class SessionController {
  constructor(
    private readonly tokens: AccessTokens,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Whether one must sign in, and has', operationId: 'getSession' })
  @ApiResponse({ status: 200, description: 'The state of this client', schema: SESSION_SCHEMA })
  read(@Req() request: Request): SessionBody {
    return this.answer(this.tokens.admit(credentialOf(request).token));
  }

  @Post()
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Sign in: sets an HttpOnly cookie that is as good as the token', operationId: 'signIn' })
  @ApiBody({ type: SignInDto, examples: { token: { value: { token: 'a-token-of-your-server' } } } })
  @ApiResponse({ status: 200, description: 'Signed in', schema: SESSION_SCHEMA })
  @ApiFaults('unauthorized')
  signIn(@Body() { token }: SignInDto, @Req() request: Request, @Res({ passthrough: true }) response: Response): SessionBody {
    if (!this.tokens.admit(token)) throw new Fault('unauthorized', 'This access token is not known here. Ask whoever runs this server for one.', { param: 'token' });
    if (this.tokens.areNeeded) response.cookie(ACCESS_COOKIE, token, { ...this.attributes(request), maxAge: KEPT_MS });
    return this.answer(true);
  }

  @Delete()
  @ApiOperation({ summary: 'Sign out: the cookie is taken back', operationId: 'signOut' })
  @ApiResponse({ status: 200, description: 'Signed out', schema: SESSION_SCHEMA })
  signOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): SessionBody {
    response.clearCookie(ACCESS_COOKIE, this.attributes(request));
    return this.answer(!this.tokens.areNeeded);
  }

  private attributes(request: Request) {
    return { httpOnly: true, sameSite: 'strict', secure: request.secure, path: this.environment.basePath || '/' } as const;
  }

  private answer(isSignedIn: boolean): SessionBody {
    return { status: 'success', required: this.tokens.areNeeded, signed_in: isSignedIn };
  }
}
