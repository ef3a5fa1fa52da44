import { Fault } from '@tandem/api/faults';
import type { LocalModel, LocalModelParts } from './local-model';
import type { SeatFiles } from './seat-files';

/** What can be told before any work. @throws Fault why this seat cannot answer now */
export async function refuseWhatCannotAnswer(model: LocalModel, files: SeatFiles, { host, memory, folder }: LocalModelParts): Promise<void> {
  const { unavailableReason } = host;
  if (unavailableReason !== null) throw new Fault('local_inference_unavailable', unavailableReason);
  const refusal = model.refusalOf(files);
  if (refusal !== null) throw refusal;
  if (model.stage !== 'idle' && model.stage !== 'busy') memory.refuseWhatCannotFit(model, files);
  if (model.stage === 'away') await folder.refuseWithoutRoom(files);
}
