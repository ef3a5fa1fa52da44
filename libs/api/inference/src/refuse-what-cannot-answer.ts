import { Fault } from '@tandem/api/platform';
import type { LocalModel } from './local-model';
import type { LocalSourceParts } from './local-source';
import type { SeatFiles } from './seat-files';

/** What can be told before any work. @throws Fault why this seat cannot answer now */
export function refuseWhatCannotAnswer(model: LocalModel, files: SeatFiles, { host, memory }: Pick<LocalSourceParts, 'host' | 'memory'>): void {
  const { unavailableReason } = host;
  if (unavailableReason !== null) throw new Fault('local_inference_unavailable', unavailableReason);
  const refusal = model.refusalOf(files);
  if (refusal !== null) throw refusal;
  if (model.stage !== 'idle' && model.stage !== 'busy') memory.refuseWhatCannotFit(model, files);
}
