import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ENVIRONMENT, type Environment } from '@tandem/api/config';
import { Fault } from '@tandem/api/faults';
import { Access, clientOf } from '@tandem/api/http';
import { ApiFaults } from '@tandem/api/openapi';
import type { SessionBody } from '@tandem/shared/contracts';
import type { Request, Response } from 'express';
import { AccessControl } from './access-control';
import { credentialOf, sessionCookie } from './credential';
import { addressOf } from './identify';
import { SESSION_SCHEMA } from './session-schema';
import { LONGEST_MS } from './sessions';
import { SignInDto } from './sign-in.dto';

/** Signing in on the page: what goes into its cookie is no token, can be ended, and is out of reach of its scripts. */
@ApiTags('access')
@Controller('api/session')
@Access('public')
export class SessionController {
  constructor(
    private readonly control: AccessControl,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Whether one must sign in, and has', operationId: 'getSession' })
  @ApiResponse({ status: 200, description: 'The state of this client', schema: SESSION_SCHEMA })
  read(@Req() request: Request): SessionBody {
    return this.answer(clientOf(request).role !== 'anyone');
  }

  @Post()
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'Sign in: sets an HttpOnly cookie',
    description:
      'The cookie holds a session, not the token. It is over after 12 h without a request and after 7 days, when one signs out, when the token is no longer one of `ACCESS_TOKENS`, and when the server restarts.',
    operationId: 'signIn',
  })
  @ApiBody({ type: SignInDto, examples: { token: { value: { token: 'a-token-of-your-server' } } } })
  @ApiResponse({ status: 200, description: 'Signed in', schema: SESSION_SCHEMA })
  @ApiFaults('unauthorized')
  async signIn(@Body() { token }: SignInDto, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<SessionBody> {
    if (!this.control.tokens.areNeeded) return this.answer(true);
    const id = await this.control.signIn(token, addressOf(request));
    if (id === undefined) throw new Fault('unauthorized', 'This access token is not known here. Ask whoever runs this server for one.', { param: 'token' });
    response.cookie(sessionCookie(request), id, { ...this.attributes(request), maxAge: LONGEST_MS });
    return this.answer(true);
  }

  @Delete()
  @ApiOperation({ summary: 'Sign out: the session ends, and with it what it is being answered', operationId: 'signOut' })
  @ApiResponse({ status: 200, description: 'Signed out', schema: SESSION_SCHEMA })
  signOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): SessionBody {
    const { session } = credentialOf(request);
    if (session !== undefined) this.control.signOut(session);
    response.clearCookie(sessionCookie(request), this.attributes(request));
    return this.answer(false);
  }

  /** What a name that begins with `__Host-` asks for: the root, and TLS. */
  private attributes({ secure }: Request) {
    return { httpOnly: true, sameSite: 'strict', secure, path: secure ? '/' : this.environment.basePath || '/' } as const;
  }

  private answer(isSignedIn: boolean): SessionBody {
    const required = this.control.tokens.areNeeded;
    return { status: 'success', required, signed_in: isSignedIn || !required };
  }
}
