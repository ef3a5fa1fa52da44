import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { PromptSetCard, SetPrompt } from '@tandem/shared/contracts';
import { FoundOnce } from '@tandem/shared/concurrency';
import { readPromptSet } from './read-prompt-set';

/** The folder with the sets that come with Tandem, as JSONL. */
export const SHIPPED_FOLDER = Symbol('shipped prompt sets');

const NAMES = ['general', 'format'] as const;

export interface ShippedSet {
  readonly card: PromptSetCard;
  readonly prompts: readonly SetPrompt[];
  /** Of what is in it: a later release may ship another set under the same name. */
  readonly version: string;
}

/** The prompt sets that come with Tandem: files, read when they are needed first. */
@Injectable()
export class ShippedSets {
  private readonly found = new FoundOnce(() => Promise.all(NAMES.map((name) => this.read(name))));

  constructor(@Inject(SHIPPED_FOLDER) private readonly folder: URL) {}

  all(): Promise<readonly ShippedSet[]> {
    return this.found.get();
  }

  async find(id: string): Promise<ShippedSet | undefined> {
    return (await this.all()).find(({ card }) => card.id === id);
  }

  private async read(name: string): Promise<ShippedSet> {
    const bytes = await readFile(new URL(`${name}.jsonl`, this.folder));
    const { prompts } = await readPromptSet(bytes, 'jsonl');
    const version = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
    return { card: { id: name, name, count: prompts.length, created_at: null, is_shipped: true }, prompts, version };
  }
}
