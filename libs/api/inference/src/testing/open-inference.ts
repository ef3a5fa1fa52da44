import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Logger } from '@nestjs/common';
import { Conversions, type ImportOptions } from '@tandem/api/import';
import { firstValueFrom } from 'rxjs';
import { CheckpointStates } from '../checkpoint-states';
import { CheckpointsFolder } from '../checkpoints-folder';
import { ConvertedCheckpoints } from '../converted-checkpoints';
import { EngineHost } from '../engine-host';
import { IdleUnloader } from '../idle-unloader';
import type { InferenceOptions } from '../inference-options';
import { Inspections } from '../inspections';
import { LocalRuntime } from '../local-runtime';
import { MemoryPolicy } from '../memory-policy';

export const ENGINE_ENTRY = 'dist/apps/engine/main.js';
export const CONVERTER_ENTRY = resolve('dist/apps/converter/main.js');
/** The checkpoints that come with Tandem. */
export const BUNDLED = 'checkpoints';

// Engines die on purpose in these tests.
Logger.overrideLogger(false);

/** The whole room with its real engine, over a folder of checkpoints; closed by its `close`. */
export function openInference(checkpointsDir: string = BUNDLED, changes: Partial<InferenceOptions> = {}, imports: Partial<ImportOptions> = {}) {
  const options: InferenceOptions = { checkpointsDir, threads: 2, engineEntry: ENGINE_ENTRY, ...changes };
  const states = new CheckpointStates();
  const host = new EngineHost(options);
  const conversions = new Conversions({ checkpointsDir, type: 'f16', converterEntry: CONVERTER_ENTRY, ...imports });
  const converted = new ConvertedCheckpoints(options, conversions, host);
  const inspections = new Inspections(options, host, conversions);
  const folder = new CheckpointsFolder(options, inspections, states, converted);
  const policy = new MemoryPolicy(options, host);
  const idle = new IdleUnloader(options, policy);
  const runtime = new LocalRuntime(folder, host, states, policy);
  idle.onApplicationBootstrap();
  const close = async (): Promise<void> => {
    idle.onModuleDestroy();
    await conversions.onModuleDestroy();
    await folder.onModuleDestroy();
    await host.close(5_000);
  };
  /** The folder's list, after the headers of everything in it were read. */
  const inspectedList = async () => {
    await folder.list();
    while (!inspections.isIdle) await firstValueFrom(inspections.changes);
    return folder.list();
  };
  return { host, folder, states, runtime, inspectedList, close };
}

/** An empty folder, and how to remove it. */
export function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), 'tandem-checkpoints-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
