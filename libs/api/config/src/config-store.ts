import { Injectable, Logger } from '@nestjs/common';
import { combine, type ConfigSnapshot, type LoadedSource } from './snapshot';
import type { ConfigSource } from './sources';

/**
 * Owns the configuration in force. A load reads and checks every source before anything changes, then swaps the
 * snapshot in one step; a load that fails changes nothing.
 */
@Injectable()
export class ConfigStore {
  private readonly logger = new Logger('Config');
  private current: ConfigSnapshot | undefined;

  /** Highest priority first. */
  constructor(private readonly sources: readonly ConfigSource[]) {}

  /** The configuration in force. Running streams keep the one they started with. */
  get snapshot(): ConfigSnapshot {
    if (!this.current) throw new Error('The configuration was read before it was loaded.');
    return this.current;
  }

  async load(): Promise<ConfigSnapshot> {
    const loaded: LoadedSource[] = [];
    for (const source of this.sources) {
      const warn = (field: string) => this.logger.warn(`${source.name}: unknown field "${field}" is ignored`);
      loaded.push({ name: source.name, document: await source.load(warn) });
    }
    this.current = combine(loaded, new Date());
    const { models, sources, version } = this.current;
    this.logger.log(`${models.length} models configured (baseline: ${sources.baseline}, twodelta: ${sources.twodelta}, version ${version})`);
    return this.current;
  }
}
