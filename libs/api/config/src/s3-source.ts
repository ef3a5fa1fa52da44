import { Logger } from '@nestjs/common';
import { ConfigurationError } from './configuration-error';
import type { LastGoodCopy } from './last-good-copy';
import { parseDocument, type PartialDocument, type WarnUnknown } from './parse-document';
import type { S3Object } from './s3-object';
import { SourceFailure } from './source-failure';
import type { ConfigSource, RemoteParts } from './sources';

interface Known {
  readonly document: PartialDocument;
  readonly etag: string | undefined;
}

/** The document in S3, read again only when its ETag changed. Its owner says whether what it gave was taken. */
export class S3Source implements ConfigSource, RemoteParts {
  readonly name = 's3';
  readonly remote = this;
  private readonly logger = new Logger('Config');
  private given: Known | undefined;
  private accepted: Known | undefined;

  constructor(
    private readonly object: S3Object,
    private readonly copy: LastGoodCopy,
    private readonly keyVariables: readonly string[] = [],
  ) {
    this.logger.log('Initializing S3 config loader...');
  }

  /** Of the document in force. */
  get etag(): string | undefined {
    return this.accepted?.etag;
  }

  async load(warn: WarnUnknown): Promise<PartialDocument> {
    this.logger.log(`Fetching config from S3: ${this.object.name}`);
    const content = await this.object.read(this.accepted?.etag);
    if (content === null && this.accepted !== undefined) {
      this.given = this.accepted;
      return this.accepted.document;
    }
    this.given = { document: this.parse(content?.text ?? '', warn), etag: content?.etag };
    this.logger.log('Successfully loaded config from S3');
    return this.given.document;
  }

  /** Before this start, where it has not given anything yet. A copy that cannot be used is none. */
  async lastGood(): Promise<PartialDocument | undefined> {
    if (this.accepted !== undefined) return this.accepted.document;
    const text = await this.copy.read();
    try {
      return text === undefined ? undefined : this.parse(text, () => undefined);
    } catch {
      return undefined;
    }
  }

  /** Keeps it for the next start as it was understood: fields that Tandem does not know may hold anything. */
  async accept(): Promise<void> {
    if (this.given === undefined || this.given === this.accepted) return;
    this.accepted = this.given;
    await this.copy.write(JSON.stringify(this.accepted.document));
  }

  refuse(): void {
    this.given = undefined;
  }

  close(): void {
    this.object.close();
  }

  private parse(text: string, warn: WarnUnknown): PartialDocument {
    try {
      return parseDocument(this.object.name, text, warn, this.keyVariables);
    } catch (thrown) {
      if (thrown instanceof ConfigurationError) throw new SourceFailure('config_invalid', thrown.message, { cause: thrown });
      throw thrown;
    }
  }
}
