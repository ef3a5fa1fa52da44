import { readFile, stat } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { Logger } from '@nestjs/common';
import { type Environment, parseEnvironment } from './environment';

export type Tokens = Pick<Environment, 'accessTokens' | 'adminToken'>;

/** What the process was started with comes before the file, and stays. */
const GIVEN = { ACCESS_TOKENS: process.env['ACCESS_TOKENS'], ADMIN_TOKEN: process.env['ADMIN_TOKEN'] };
const FILE = '.env';

/** The tokens as they stand in `.env`, which may change while the server runs: so one can be taken back without a restart. */
export class TokenFile {
  private readonly logger = new Logger('Config');
  /** How the file was when it was last looked at; null while there was none. */
  private seen: string | null | undefined;

  constructor(
    private readonly path = FILE,
    private readonly given: Readonly<Record<string, string | undefined>> = GIVEN,
  ) {}

  /** The tokens once the file has changed; undefined while it has not, or cannot be read. */
  async readChange(): Promise<Tokens | undefined> {
    const state = await stat(this.path).then(
      ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
      () => null,
    );
    const isFirst = this.seen === undefined;
    if (state === this.seen || (state === null && !isFirst)) return undefined;
    this.seen = state;
    // at the start it was read with everything else
    if (isFirst) return undefined;
    try {
      const { ACCESS_TOKENS, ADMIN_TOKEN } = { ...parseEnv(await readFile(this.path, 'utf8')), ...definedOnly(this.given) };
      return parseEnvironment({ ACCESS_TOKENS, ADMIN_TOKEN });
    } catch (error) {
      this.logger.warn(`The tokens in ${this.path} stay as they were: ${(error as Error).message}`);
      return undefined;
    }
  }
}

function definedOnly(variables: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
