import { damagedPickle } from './pickle-refusals';
import { type PickleMachine } from './pickle-machine';
import { PickledName, PickledTuple, type PickledValue } from './pickled-value';

type Instruction = (machine: PickleMachine) => void;

export const STOP = 0x2e;
const HIGHEST_PROTOCOL = 5;
/** Bytes of memory, rather more than less; where making a thing takes long, more. */
const COST = { number: 24, digit: 16, text: 32, dictionary: 256, list: 64, name: 256, remembered: 48 };

/** What torch.save writes, and the same in newer protocols; all else is refused, above all what would make objects by other ways. */
const BY_CODE: Readonly<Record<number, Instruction>> = {
  0x80: ({ cursor }) => checkProtocol(cursor.u8()),
  0x95: ({ cursor }) => void cursor.u64(), // FRAME: the length of what follows, for readers that buffer
  0x28: ({ stack }) => stack.mark(),
  // constants and numbers
  0x4e: ({ stack }) => stack.push(null),
  0x88: ({ stack }) => stack.push(true),
  0x89: ({ stack }) => stack.push(false),
  0x4a: ({ stack, cursor }) => stack.push(cursor.i32()),
  0x4b: ({ stack, cursor }) => stack.push(cursor.u8()),
  0x4d: ({ stack, cursor }) => stack.push(cursor.u16()),
  0x8a: (machine) => pushLong(machine, machine.cursor.u8()),
  0x8b: (machine) => pushLong(machine, machine.cursor.u32()),
  0x47: (machine) => machine.push(machine.cursor.f64(), COST.number),
  // text and bytes
  0x58: (machine) => pushText(machine, machine.cursor.u32()),
  0x8c: (machine) => pushText(machine, machine.cursor.u8()),
  0x8d: (machine) => pushText(machine, machine.cursor.u64()),
  0x42: (machine) => pushRaw(machine, machine.cursor.u32()),
  0x43: (machine) => pushRaw(machine, machine.cursor.u8()),
  0x8e: (machine) => pushRaw(machine, machine.cursor.u64()),
  0x96: (machine) => pushRaw(machine, machine.cursor.u64()),
  // tuples, lists, dictionaries, sets
  0x29: (machine) => pushTuple(machine, []),
  0x74: (machine) => pushTuple(machine, machine.stack.popToMark()),
  0x85: (machine) => pushTuple(machine, machine.stack.take(1)),
  0x86: (machine) => pushTuple(machine, machine.stack.take(2)),
  0x87: (machine) => pushTuple(machine, machine.stack.take(3)),
  0x5d: (machine) => machine.push([], COST.list),
  0x61: (machine) => machine.append(machine.stack.take(1)),
  0x65: (machine) => machine.append(machine.stack.popToMark()),
  0x7d: (machine) => machine.push(new Map(), COST.dictionary),
  0x73: (machine) => machine.setItems(machine.stack.take(2)),
  0x75: (machine) => machine.setItems(machine.stack.popToMark()),
  0x8f: (machine) => machine.push(new Set(), COST.dictionary),
  0x90: (machine) => machine.add(machine.stack.popToMark()),
  0x91: (machine) => pushFrozenSet(machine, machine.stack.popToMark()),
  // names, and objects made from them
  0x63: (machine) => pushName(machine, machine.cursor.line(), machine.cursor.line()),
  0x93: (machine) => pushStackedName(machine, machine.stack.take(2)),
  0x52: (machine) => withTwo(machine, (callee, args) => machine.call(callee, args)),
  0x81: (machine) => withTwo(machine, (callee, args) => machine.create(callee, args)),
  0x62: (machine) => machine.build(machine.stack.pop()),
  0x51: (machine) => machine.persistent(machine.stack.pop()),
  // the memo
  0x71: (machine) => remember(machine, machine.cursor.u8()),
  0x72: (machine) => remember(machine, machine.cursor.u32()),
  0x94: (machine) => remember(machine, null),
  0x68: ({ stack, cursor }) => stack.push(stack.recall(cursor.u8())),
  0x6a: ({ stack, cursor }) => stack.push(stack.recall(cursor.u32())),
};

/** The same as an array: a pickle may hold millions of them. */
export const INSTRUCTIONS: readonly (Instruction | undefined)[] = Array.from({ length: 256 }, (_, code) => BY_CODE[code]);

function checkProtocol(protocol: number): void {
  if (protocol > HIGHEST_PROTOCOL) throw damagedPickle(`it is of protocol ${protocol}, and ${HIGHEST_PROTOCOL} is the highest known`);
}

function withTwo({ stack }: PickleMachine, take: (first: PickledValue, second: PickledValue) => void): void {
  const second = stack.pop();
  take(stack.pop(), second);
}

function pushLong(machine: PickleMachine, length: number): void {
  machine.push(machine.cursor.long(length), COST.number + COST.digit * length);
}

function pushText(machine: PickleMachine, length: number): void {
  const text = machine.cursor.text(length);
  // Characters beyond Latin-1 take two bytes each.
  machine.push(text, COST.text + 2 * length);
}

function pushRaw(machine: PickleMachine, length: number): void {
  machine.push(machine.cursor.raw(length), COST.list + length);
}

function pushTuple(machine: PickleMachine, items: PickledValue[]): void {
  machine.push(new PickledTuple(items), COST.list + 8 * items.length);
}

function pushFrozenSet(machine: PickleMachine, items: readonly PickledValue[]): void {
  machine.push(new Set(), COST.dictionary);
  machine.add(items);
}

function pushName(machine: PickleMachine, module: string, name: string): void {
  machine.push(new PickledName(`${module}.${name}`), COST.name + 2 * (module.length + name.length));
}

function pushStackedName(machine: PickleMachine, [module, name]: readonly PickledValue[]): void {
  if (typeof module !== 'string' || typeof name !== 'string') throw damagedPickle('a name in it is no text');
  pushName(machine, module, name);
}

function remember({ stack, allowance }: PickleMachine, index: number | null): void {
  allowance.spend(COST.remembered);
  if (index === null) stack.rememberNext();
  else stack.remember(index);
}
