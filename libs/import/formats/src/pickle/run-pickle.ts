import { INSTRUCTIONS, STOP } from './instructions';
import type { PickleMachine } from './pickle-machine';
import { damagedPickle, oversizedPickle } from './pickle-refusals';
import { type PickledValue } from './pickled-value';

const MAX_INSTRUCTIONS = 20_000_000;

/** Has the machine follow its pickle's instructions to the end; what stands on top of its stack then is the pickle's value. */
export function runPickle(machine: PickleMachine): PickledValue {
  for (let count = 0; count < MAX_INSTRUCTIONS; count++) {
    const code = machine.cursor.u8();
    if (code === STOP) return machine.stack.pop();
    const instruction = INSTRUCTIONS[code];
    if (instruction === undefined) throw damagedPickle(`it holds the instruction 0x${code.toString(16)}, which torch.save never writes`);
    instruction(machine);
  }
  throw oversizedPickle(`over ${MAX_INSTRUCTIONS} instructions long`);
}
