import { quoted } from '../quoted';
import { RefusedCheckpoint } from '../refused-checkpoint';

export function unsupportedTensor(what: string): RefusedCheckpoint {
  return new RefusedCheckpoint(
    'unsupported-tensor',
    `It holds a tensor of a kind that cannot be converted (${quoted(what)}); save plain float32, float16 or bfloat16 tensors.`,
  );
}
