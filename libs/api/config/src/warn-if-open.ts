import { Logger } from '@nestjs/common';
import type { Environment } from './environment';
import { isLoopback } from './own-address';

/** Says in the log where others can reach this server and none of them needs a token. */
export function warnIfOpen({ host, accessTokens }: Pick<Environment, 'host' | 'accessTokens'>): void {
  if (accessTokens.length > 0 || isLoopback(host)) return;
  new Logger('Access').warn(
    `Everyone who can reach this machine (HOST is ${host}) may use this server, its models and their keys: set ACCESS_TOKENS, or HOST to 127.0.0.1.`,
  );
}
