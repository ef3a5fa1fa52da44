import type { Readable } from 'node:stream';
import { GetObjectCommand, S3Client, type S3ServiceException } from '@aws-sdk/client-s3';
import { SourceFailure } from './source-failure';

/** Longest wait for the headers, and then for the whole body, in milliseconds. The SDK itself waits for ever. */
const HEADERS_MS = 5_000;
const BODY_MS = 10_000;
/** Larger documents are refused before they are parsed. */
const MAX_BYTES = 5 * 1024 * 1024;

export interface S3Address {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
  /** Of an S3-compatible server, asked path-style; undefined for AWS. */
  readonly endpoint: string | undefined;
}

export interface S3Deadlines {
  readonly headersMs?: number;
  readonly bodyMs?: number;
}

/** What a read brought; null when it is what the ETag stands for. */
export type S3Content = { readonly text: string; readonly etag: string | undefined } | null;

/** One object in S3, read with deadlines, a size limit and no retries: the next refresh is the retry. */
export class S3Object {
  private readonly client: S3Client;

  constructor(
    private readonly address: S3Address,
    private readonly deadlines: S3Deadlines = {},
  ) {
    const { region, endpoint } = address;
    this.client = new S3Client({ region, maxAttempts: 1, ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }) });
  }

  get name(): string {
    return `s3://${this.address.bucket}/${this.address.key}`;
  }

  /** @throws SourceFailure */
  async read(etag: string | undefined): Promise<S3Content> {
    const { bucket: Bucket, key: Key } = this.address;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), this.deadlines.headersMs ?? HEADERS_MS);
    try {
      const command = new GetObjectCommand({ Bucket, Key, ...(etag === undefined ? {} : { IfNoneMatch: etag }) });
      const { Body, ContentLength, ETag } = await this.client.send(command, { abortSignal: late.signal });
      clearTimeout(timer);
      return { text: await this.textOf(Body as Readable, ContentLength), etag: ETag };
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

  private async textOf(body: Readable, length: number | undefined): Promise<string> {
    const late = new SourceFailure('s3_timeout', `S3 stopped in the middle of ${this.name}: the rest did not come within ${(this.deadlines.bodyMs ?? BODY_MS) / 1000} s.`);
    const timer = setTimeout(() => body.destroy(late), this.deadlines.bodyMs ?? BODY_MS);
    const chunks: Buffer[] = [];
    let bytes = 0;
    try {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > MAX_BYTES) throw new SourceFailure('config_too_large', `${this.name} is larger than ${MAX_BYTES / 1024 / 1024} MiB, which no list of models is.`);
        chunks.push(chunk);
      }
    } finally {
      clearTimeout(timer);
      body.destroy();
    }
    if (length !== undefined && length !== bytes) throw new SourceFailure('s3_incomplete', `S3 sent ${bytes} of the ${length} bytes of ${this.name}.`);
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
    } catch (thrown) {
      throw new SourceFailure('config_invalid', `${this.name} is not UTF-8 text.`, { cause: thrown });
    }
  }

  private failureOf(thrown: unknown, isLate: boolean): SourceFailure {
    if (thrown instanceof SourceFailure) return thrown;
    const options = { cause: thrown };
    if (isLate) return new SourceFailure('s3_timeout', `S3 did not answer for ${this.name} within ${(this.deadlines.headersMs ?? HEADERS_MS) / 1000} s.`, options);
    const { name } = thrown as S3ServiceException;
    if (/credential/i.test(name)) return new SourceFailure('s3_credentials', 'AWS credentials not found', options);
    const status = statusOf(thrown);
    if (status !== undefined) return new SourceFailure(CODES[status] ?? 's3_error', `S3 ClientError (${status}) for ${this.name}: ${name}`, options);
    const reason = (thrown as NodeJS.ErrnoException).code ?? name;
    return new SourceFailure('s3_unreachable', `S3 cannot be reached for ${this.name} (${reason}).`, options);
  }
}

const CODES: Readonly<Record<number, string>> = { 403: 's3_forbidden', 404: 's3_not_found' };

function statusOf(thrown: unknown): number | undefined {
  return (thrown as Partial<S3ServiceException>).$metadata?.httpStatusCode;
}
