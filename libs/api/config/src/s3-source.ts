import { Logger } from '@nestjs/common';
import { ConfigurationError } from './configuration-error';
import type { LastGoodCopy } from './last-good-copy';
import { parseDocument, type PartialDocument, type WarnUnknown } from './parse-document';
import type { S3Content, S3Object } from './s3-object';
import { SourceFailure } from './source-failure';
import type { ConfigSource, RemoteParts } from './sources';

interface Known {
  readonly document: PartialDocument;
  readonly etag: string | undefined;
}

interface Refused {
  readonly etag: string | undefined;
  /** What it could not be read for, or what it says. */
  readonly outcome: SourceFailure | PartialDocument;
}

/** The document in S3, read again only when its ETag changed. Its owner says whether what it gave was taken. */
export class S3Source implements ConfigSource, RemoteParts {
  readonly name = 's3';
  readonly remote = this;
  private readonly logger = new Logger('Config');
  private given: Known | undefined;
  private accepted: Known | undefined;
  /** What was had last and could not be taken: while it stays, it is not had again. */
  private refused: Refused | undefined;

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
    this.given = undefined;
    const content = await this.read();
    if (content === null && this.refused !== undefined) {
      const { outcome, etag } = this.refused;
      if (outcome instanceof SourceFailure) throw outcome;
      this.given = { document: outcome, etag };
      return outcome;
    }
    if (content === null && this.accepted !== undefined) {
      this.given = this.accepted;
      return this.accepted.document;
    }
    this.refused = undefined;
    this.given = { document: this.parseNew(content, warn), etag: content?.etag };
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
    if (this.given === undefined) return;
    this.refused = undefined;
    if (this.given === this.accepted) return;
    this.accepted = this.given;
    await this.copy.write(JSON.stringify(this.accepted.document));
  }

  refuse(): void {
    if (this.given?.etag !== undefined && this.given !== this.accepted) this.refused = { etag: this.given.etag, outcome: this.given.document };
    this.given = undefined;
  }

  close(): void {
    this.object.close();
  }

  private async read(): Promise<S3Content> {
    try {
      return await this.object.read(this.refused?.etag ?? this.accepted?.etag);
    } catch (thrown) {
      if (thrown instanceof SourceFailure && thrown.etag !== undefined) this.refused = { etag: thrown.etag, outcome: thrown };
      throw thrown;
    }
  }

  private parseNew(content: S3Content, warn: WarnUnknown): PartialDocument {
    try {
      return this.parse(content?.text ?? '', warn);
    } catch (thrown) {
      if (thrown instanceof SourceFailure && content?.etag !== undefined) this.refused = { etag: content.etag, outcome: thrown };
      throw thrown;
    }
  }

  private parse(text: string, warn: WarnUnknown): PartialDocument {
    try {
      return parseDocument(this.object.name, text, warn, this.keyVariables);
    } catch (thrown) {
      if (thrown instanceof ConfigurationError) throw new SourceFailure('config_invalid', thrown.sentence, { cause: thrown });
      throw thrown;
    }
  }
}
