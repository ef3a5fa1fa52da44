import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { GetObjectCommand, S3Client, type S3ServiceException } from '@aws-sdk/client-s3';
import { ForbiddenAddressError, type OutwardProxies } from '@tandem/api/endpoint';
import { untilAborted } from '@tandem/shared/concurrency';
import { ConfigurationError } from './configuration-error';
import { documentText, MAX_DOCUMENT_BYTES, TOO_LARGE } from './document-text';
import { say, type Sentence, sentenceOf } from './sentence';
import { unpack } from './unpack';
import { guardedAgents } from './guarded-agents';
import { SourceFailure } from './source-failure';

/** Longest wait for the credentials and the headers together, and then for the whole body, in milliseconds. The SDK itself waits for ever. */
const HEADERS_MS = 5_000;
const BODY_MS = 10_000;

export interface S3Address {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
  /** Of an S3-compatible server, asked path-style; undefined for AWS. */
  readonly endpoint: string | undefined;
}

export interface S3Options {
  readonly headersMs?: number;
  readonly bodyMs?: number;
  /** How names are found. Default: as the system does it. */
  readonly resolve?: LookupFunction;
  /** Default: none. */
  readonly proxies?: OutwardProxies;
}

/** What a read brought; null when it is what the ETag stands for. */
export type S3Content = { readonly text: string; readonly etag: string | undefined } | null;

/** One object in S3, read with deadlines, a size limit and no retries: the next refresh is the retry. */
export class S3Object {
  private readonly client: S3Client;

  constructor(
    private readonly address: S3Address,
    private readonly options: S3Options = {},
  ) {
    const { region, endpoint } = address;
    // the address may also come from the SDK's own variables and profiles: sockets are guarded whoever named it
    const requestHandler = guardedAgents(options.resolve, options.proxies);
    this.client = new S3Client({ region, maxAttempts: 1, requestHandler, ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }) });
  }

  get name(): string {
    return `s3://${this.address.bucket}/${this.address.key}`;
  }

  /** @throws SourceFailure */
  async read(etag: string | undefined): Promise<S3Content> {
    const { bucket: Bucket, key: Key } = this.address;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), this.headersMs);
    try {
      await this.findCredentials(late.signal);
      const command = new GetObjectCommand({ Bucket, Key, ...(etag === undefined ? {} : { IfNoneMatch: etag }) });
      const { Body, ContentEncoding, ContentLength, ETag } = await this.client.send(command, { abortSignal: late.signal });
      clearTimeout(timer);
      const bytes = await this.bytesOf(Body as Readable, ContentLength);
      return { text: await this.textOf(bytes, ContentEncoding, ETag), etag: ETag };
    } catch (thrown) {
      // the SDK throws what is no error
      if (statusOf(thrown) === 304) return null;
      throw this.failureOf(thrown, late.signal.aborted);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.client.destroy();
  }

  private get headersMs(): number {
    return this.options.headersMs ?? HEADERS_MS;
  }

  /** A role or a profile is asked for them over the network or from a program, which heeds no signal. */
  private async findCredentials(late: AbortSignal): Promise<void> {
    const missing = (why: string | Sentence, cause?: unknown) =>
      new SourceFailure(
        's3_credentials',
        say`AWS credentials not found for ${this.name}: ${sentenceOf(why)}. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the task a role.`,
        { cause },
      );
    try {
      await untilAborted(this.client.config.credentials(), late);
    } catch (thrown) {
      if (late.aborted) throw missing(say`nothing gave them within ${this.headersMs / 1000} s`);
      throw missing('no variable, profile or role gives any', thrown);
    }
  }

  private async textOf(bytes: Buffer, encoding: string | undefined, etag: string | undefined): Promise<string> {
    try {
      return documentText(this.name, await unpack(this.name, bytes, encoding));
    } catch (thrown) {
      if (!(thrown instanceof SourceFailure || thrown instanceof ConfigurationError)) throw thrown;
      const code = thrown instanceof SourceFailure ? thrown.code : 'config_invalid';
      throw new SourceFailure(code, thrown.sentence, { cause: thrown }, etag);
    }
  }

  private async bytesOf(body: Readable, announced: number | undefined): Promise<Buffer> {
    const bytes = await this.receive(body, announced);
    if (announced !== undefined && announced !== bytes.length) throw this.incomplete(say`${bytes.length} of the ${announced} bytes`);
    return bytes;
  }

  private async receive(body: Readable, length = 0): Promise<Buffer> {
    const bodyMs = this.options.bodyMs ?? BODY_MS;
    const late = new SourceFailure('s3_timeout', say`S3 stopped in the middle of ${this.name}: the rest did not come within ${bodyMs / 1000} s.`);
    const timer = setTimeout(() => body.destroy(late), bodyMs);
    const chunks: Buffer[] = [];
    let bytes = 0;
    try {
      if (length > MAX_DOCUMENT_BYTES) throw this.tooLarge();
      for await (const chunk of body as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > MAX_DOCUMENT_BYTES) throw this.tooLarge();
        chunks.push(chunk);
      }
    } catch (thrown) {
      if (thrown instanceof SourceFailure) throw thrown;
      throw isWrongChecksum(thrown) ? this.wrongChecksum(thrown) : this.incomplete(say`only ${bytes} bytes`, thrown);
    } finally {
      clearTimeout(timer);
      body.destroy();
    }
    return Buffer.concat(chunks);
  }

  private tooLarge(): SourceFailure {
    return new SourceFailure('config_too_large', say`${this.name} ${TOO_LARGE}.`);
  }

  private wrongChecksum(cause: unknown): SourceFailure {
    return new SourceFailure(
      's3_checksum',
      say`What came of ${this.name} does not have the checksum that S3 keeps of it: something changed it on its way. Try again, or upload it anew.`,
      { cause },
    );
  }

  private incomplete(what: Sentence, cause?: unknown): SourceFailure {
    return new SourceFailure('s3_incomplete', say`The connection to S3 broke: it sent ${what} of ${this.name}.`, { cause });
  }

  private failureOf(thrown: unknown, isLate: boolean): SourceFailure {
    if (thrown instanceof SourceFailure) return thrown;
    const options = { cause: thrown };
    if (isLate) return new SourceFailure('s3_timeout', say`S3 did not answer for ${this.name} within ${this.headersMs / 1000} s.`, options);
    if (thrown instanceof ForbiddenAddressError)
      return new SourceFailure('s3_unreachable', say`S3 is not asked for ${this.name}: ${thrown.message}. Correct S3_ENDPOINT.`, options);
    if (isWrongChecksum(thrown)) return this.wrongChecksum(thrown);
    const { name } = thrown as S3ServiceException;
    const status = statusOf(thrown);
    if (status !== undefined)
      return new SourceFailure(codeOf(status, name), say`S3 ClientError (${status}) for ${this.name}: ${name}.${adviceFor(status, name)}`, options);
    const reason = (thrown as NodeJS.ErrnoException).code ?? name;
    return new SourceFailure('s3_unreachable', say`S3 cannot be reached for ${this.name} (${reason}).`, options);
  }
}

/** What S3 says with another status than 403 of a key that it does not take. */
const STALE_KEYS = new Set(['ExpiredToken', 'ExpiredTokenException', 'InvalidToken', 'TokenRefreshRequired']);

function codeOf(status: number, name: string): string {
  if (status === 403 || STALE_KEYS.has(name)) return 's3_forbidden';
  return status === 404 ? 's3_not_found' : 's3_error';
}

/** What to do about it, as far as the answer tells. */
function adviceFor(status: number, name: string): string {
  if (STALE_KEYS.has(name)) return ' The credentials have expired: renew them.';
  if (name === 'InvalidAccessKeyId') return ' S3 does not know this access key: correct AWS_ACCESS_KEY_ID, or S3_ENDPOINT.';
  if (name === 'SignatureDoesNotMatch') return ' The secret does not belong to the access key: correct AWS_SECRET_ACCESS_KEY, or AWS_REGION.';
  if (name === 'RequestTimeTooSkewed') return " This machine's clock is wrong.";
  if (status === 301 || status === 307) return ' The bucket is in another region: set AWS_REGION.';
  if (status === 404) return ' Check S3_BUCKET, S3_CONFIG_KEY and AWS_REGION.';
  return status === 403 ? ' The credentials need s3:GetObject on it.' : '';
}

/** The SDK says it in words only: the error is a plain one, without a name or a code. */
const WRONG_CHECKSUM = /checksum mismatch/i;

function isWrongChecksum(thrown: unknown): boolean {
  return thrown instanceof Error && WRONG_CHECKSUM.test(thrown.message);
}

function statusOf(thrown: unknown): number | undefined {
  return (thrown as Partial<S3ServiceException>).$metadata?.httpStatusCode;
}
