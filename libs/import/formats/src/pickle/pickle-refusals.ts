import { quoted } from '../quoted';
import { RefusedCheckpoint } from '../refused-checkpoint';

const SAVE_WEIGHTS = 'save the weights alone with torch.save(model.state_dict(), …).';

export function damagedPickle(what: string): RefusedCheckpoint {
  return new RefusedCheckpoint('damaged', `Its pickle is damaged: ${what}; copy the file again, or save it again.`);
}

export function oversizedPickle(what: string): RefusedCheckpoint {
  return new RefusedCheckpoint('too-large', `Its pickle is ${what}, far more than a checkpoint needs; ${SAVE_WEIGHTS}`);
}

export function unneededCall(name: string): RefusedCheckpoint {
  const message = `Its pickle calls ${quoted(name)}, which no weights need, so nothing of it is read; ${SAVE_WEIGHTS}`;
  return new RefusedCheckpoint('runs-code', message);
}
