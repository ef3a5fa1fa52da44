import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { TokenFile } from '@tandem/api/config';
import { Departures } from '@tandem/api/http';
import { AccessTokens, type Principal } from './access-tokens';
import { Guesses } from './guesses';
import { Sessions } from './sessions';

/** How often it looks who may not go on, in milliseconds. */
const LOOK_MS = 1_000;

/** Who may come in, who has, and who may not go on: a session that is over, or a token that was taken back. */
@Injectable()
export class AccessControl implements OnModuleInit, OnModuleDestroy {
  readonly guesses = new Guesses();
  readonly sessions = new Sessions();
  private readonly logger = new Logger('Access');

  constructor(
    readonly tokens: AccessTokens,
    private readonly file: TokenFile,
    private readonly departures: Departures,
  ) {}

  /** Gives what goes into the cookie; undefined where the token is wrong. @throws Fault `rate_limited` where too many were */
  async signIn(token: string, address: string): Promise<string | undefined> {
    const principal = this.tokens.verify(token);
    if (principal) return this.sessions.start(principal);
    await this.guesses.note(address);
    return undefined;
  }

  signOut(id: string): void {
    const key = this.sessions.end(id);
    this.departures.tell(({ session }) => session === key);
  }

  async onModuleInit(): Promise<void> {
    await this.look();
  }

  @Interval(LOOK_MS)
  async look(): Promise<void> {
    const changed = await this.file.readChange();
    const gone = changed === undefined ? [] : this.tokens.replace(changed.accessTokens, changed.adminToken);
    if (changed !== undefined) this.logger.log(`The tokens in .env changed: ${gone.length} of those in use may not come in any more`);
    this.sendAway(gone);
  }

  onModuleDestroy(): void {
    this.guesses.close();
  }

  private sendAway(gone: readonly Principal[]): void {
    const sessions = this.sessions.sweep(gone);
    const owners = new Set(gone.map(({ key }) => key));
    if (sessions.size > 0 || owners.size > 0)
      this.departures.tell(({ owner, session }) => owners.has(owner) || (session !== undefined && sessions.has(session)));
  }
}
