import { Environment, Interpreter, parse, tokenize } from '@huggingface/jinja';
import { isList, isMapping, isNothing, isText, plainValue, type RuntimeValue, runtimeValue } from './jinja-values';
import { shown, STRING_METHODS } from './python-strings';
import { strftime } from './python-time';

type Node = NonNullable<Parameters<Interpreter['evaluate']>[0]>;
type Result = ReturnType<Interpreter['evaluate']>;

/** Any node, by the fields that are looked at here. */
interface AnyNode extends Node {
  readonly value?: unknown;
  readonly operator?: { readonly value: string };
  readonly left?: Node;
  readonly right?: Node;
  readonly operand?: Node;
  readonly filter?: AnyNode;
  readonly iterable?: AnyNode;
  readonly lhs?: Node;
  readonly callee?: AnyNode;
  readonly object?: Node;
  readonly property?: AnyNode;
  readonly computed?: boolean;
}

/** Filters that give a list of whatever they are put on. */
const LIST_FILTERS = new Set([
  'list',
  'first',
  'last',
  'reverse',
  'sort',
  'unique',
  'map',
  'select',
  'reject',
  'selectattr',
  'rejectattr',
  'items',
  'dictsort',
]);
/** Filters that ask whether there is anything. */
const ASKING_FILTERS = new Set(['default', 'd', 'tojson', 'safe']);
const OTHER_NAMES: Readonly<Record<string, string>> = { count: 'length', d: 'default' };

/** A chat template, run the way Python's Jinja2 runs it where the interpreter below does not: see `Jinja2`. */
export class JinjaTemplate {
  private readonly program: ReturnType<typeof parse>;

  constructor(template: string) {
    this.program = parse(tokenize(template, { lstrip_blocks: true, trim_blocks: true }));
  }

  render(variables: Readonly<Record<string, unknown>>): string {
    const environment = new Environment();
    for (const [name, value] of Object.entries({ ...globals(), ...variables })) environment.set(name, value);
    return shown((new Jinja2(environment).run(this.program) as unknown as RuntimeValue).value);
  }
}

function globals(): Record<string, unknown> {
  return {
    true: true,
    false: false,
    none: null,
    True: true,
    False: false,
    None: null,
    raise_exception: (reason: unknown) => {
      throw new Error(shown(reason));
    },
    strftime_now: (format: string) => strftime(new Date(), format),
    range,
  };
}

function range(first: number, end?: number, step = 1): number[] {
  if (step === 0) throw new Error('range() has no step');
  const [from, to] = end === undefined ? [0, first] : [first, end];
  return Array.from({ length: Math.max(0, Math.ceil((to - from) / step)) }, (_, index) => from + index * step);
}

/**
 * The interpreter with what templates of published models lean on: text is a list of its characters, a name that is not
 * there is empty wherever it is used, and lists and mappings are equal when what they hold is.
 */
class Jinja2 extends Interpreter {
  override evaluate(node: Node | undefined, environment: Environment): Result {
    const any = node as AnyNode | undefined;
    switch (any?.type) {
      case 'Value':
        return any.value as Result;
      case 'For':
        return super.evaluate(this.iterating(any, environment), environment);
      case 'BinaryExpression':
        return this.binary(any, environment);
      case 'FilterExpression':
        return this.filtered(any, environment);
      case 'MemberExpression':
        return this.member(any, environment);
      case 'CallExpression':
        return this.called(any, environment);
      case 'ObjectLiteral':
        return super.evaluate(this.withTextKeys(any, environment), environment);
      default:
        return super.evaluate(node, environment);
    }
  }

  private runtimeOf(node: Node | undefined, environment: Environment): RuntimeValue {
    return this.evaluate(node, environment) as unknown as RuntimeValue;
  }

  private iterating(loop: AnyNode, environment: Environment): Node {
    const { iterable } = loop;
    const isSelect = iterable?.type === 'SelectExpression';
    const over = this.runtimeOf(isSelect ? iterable.lhs : iterable, environment);
    const items = node(isText(over) ? runtimeValue(Array.from(over.value)) : isNothing(over) ? runtimeValue([]) : over);
    return with_(loop, { iterable: isSelect ? with_(iterable, { lhs: items }) : items });
  }

  private binary(expression: AnyNode, environment: Environment): Result {
    const operator = expression.operator?.value ?? '';
    const left = this.runtimeOf(expression.left, environment);
    if (operator === 'and' || operator === 'or') return super.evaluate(with_(expression, { left: node(left) }), environment);
    const right = this.runtimeOf(expression.right, environment);
    const own = compared(operator, left, right) ?? asNumbers(operator, left, right) ?? joined(operator, left, right);
    if (own !== undefined) return runtimeValue(own) as unknown as Result;
    return super.evaluate(with_(expression, { left: node(left), right: node(right) }), environment);
  }

  private filtered(expression: AnyNode, environment: Environment): Result {
    const { filter } = expression;
    const called = filter?.type === 'CallExpression';
    const written = shown((called ? filter.callee?.value : filter?.value) ?? '');
    const name = OTHER_NAMES[written] ?? written;
    const named =
      filter === undefined || name === written
        ? filter
        : called
          ? with_(filter, { callee: with_(filter.callee, { value: name }) })
          : with_(filter, { value: name });
    const operand = this.runtimeOf(expression.operand, environment);
    const over = asOperand(name, operand);
    const result = super.evaluate(with_(expression, { operand: node(over), filter: named }), environment) as Result | undefined;
    return result ?? (runtimeValue(undefined) as unknown as Result);
  }

  private member(expression: AnyNode, environment: Environment): Result {
    const object = this.runtimeOf(expression.object, environment);
    if (isNothing(object)) return runtimeValue(undefined) as unknown as Result;
    const known = with_(expression, { object: node(object) });
    const isIndex = expression.computed === true && expression.property?.type !== 'SliceExpression';
    if (!isIndex) return super.evaluate(known, environment);
    const index = this.runtimeOf(expression.property, environment);
    // A mapping may have numbers for keys, and a list is asked for a name that it does not have.
    const key = isMapping(object) && !isText(index) ? runtimeValue(shown(index.value)) : index;
    return super.evaluate(with_(known, { property: node(key) }), environment);
  }

  private called(expression: AnyNode, environment: Environment): Result {
    const { callee } = expression;
    const name = callee?.type === 'MemberExpression' && !callee.computed ? shown(callee.property?.value) : '';
    const method = Object.hasOwn(STRING_METHODS, name) ? STRING_METHODS[name] : undefined;
    if (method === undefined || callee === undefined) return super.evaluate(expression, environment);
    const object = this.runtimeOf(callee.object, environment);
    if (!isText(object)) return super.evaluate(with_(expression, { callee: with_(callee, { object: node(object) }) }), environment);
    const bound = (args: readonly RuntimeValue[]): unknown => runtimeValue(method(object.value, ...args.map(plainValue)));
    return super.evaluate(with_(expression, { callee: node(functionValue(bound)) }), environment);
  }

  private withTextKeys(literal: AnyNode, environment: Environment): Node {
    const entries = [...(literal.value as Map<Node, Node>)].map(
      ([key, value]) => [node(runtimeValue(shown(this.runtimeOf(key, environment).value))), value] as const,
    );
    return with_(literal, { value: new Map(entries) });
  }
}

/** A node that is a value already. */
function node(value: RuntimeValue): Node {
  return { type: 'Value', value } as unknown as Node;
}

function with_(original: AnyNode | undefined, changes: Readonly<Record<string, unknown>>): AnyNode {
  return { ...original, ...changes } as unknown as AnyNode;
}

/** The environment's own functions are given bare values; one of these is given those of the interpreter. */
function functionValue(call: (args: readonly RuntimeValue[]) => unknown): RuntimeValue {
  return Object.assign(
    runtimeValue(() => null),
    { value: call },
  );
}

function asOperand(filter: string, operand: RuntimeValue): RuntimeValue {
  if (isText(operand)) return LIST_FILTERS.has(filter) || filter === 'length' ? runtimeValue(Array.from(operand.value)) : operand;
  if (!isNothing(operand) || ASKING_FILTERS.has(filter)) return operand;
  return runtimeValue(LIST_FILTERS.has(filter) ? [] : '');
}

function compared(operator: string, left: RuntimeValue, right: RuntimeValue): boolean | undefined {
  const isIn = operator === 'in' || operator === 'not in';
  if (isIn && (isNothing(right) || (isNothing(left) && !isList(right)))) return operator === 'not in';
  if (isIn && isList(right)) return (right.value as RuntimeValue[]).some((item) => isEqual(item, left)) === (operator === 'in');
  if (isIn && isMapping(right) && !isText(left)) return (right.value as Map<string, unknown>).has(shown(left.value)) === (operator === 'in');
  if (operator === '==' || operator === '!=') return isEqual(left, right) === (operator === '==');
  return undefined;
}

/** Keys of mappings are text here, and numbers to a template. */
function asNumbers(operator: string, left: RuntimeValue, right: RuntimeValue): boolean | undefined {
  const [one, other] = [left, right].map((value) => (isText(value) && /^-?\d+$/.test(value.value) ? Number(value.value) : value.value));
  if (typeof one !== 'number' || typeof other !== 'number' || isText(left) === isText(right)) return undefined;
  switch (operator) {
    case '<':
      return one < other;
    case '<=':
      return one <= other;
    case '>':
      return one > other;
    case '>=':
      return one >= other;
    default:
      return undefined;
  }
}

function isEqual(left: RuntimeValue, right: RuntimeValue): boolean {
  if (isNothing(left) || isNothing(right)) return left.type === right.type;
  const isDeep = (value: RuntimeValue): boolean => isList(value) || isMapping(value);
  if (isDeep(left) && isDeep(right)) return JSON.stringify(plainValue(left)) === JSON.stringify(plainValue(right));
  // To Python, true is 1.
  const [one, other] = [left.value, right.value].map((value) => (typeof value === 'boolean' ? Number(value) : value));
  return one === other;
}

function joined(operator: string, left: RuntimeValue, right: RuntimeValue): string | undefined {
  if (operator === '~') return shown(plainValue(left)) + shown(plainValue(right));
  if (operator === '+' && (isNothing(left) || isNothing(right))) return shown(plainValue(left)) + shown(plainValue(right));
  if (operator === '*' && isText(left) && typeof right.value === 'number') return left.value.repeat(Math.max(0, right.value));
  if (operator === '%' && isText(left)) return percentFormatted(left.value, isList(right) ? (plainValue(right) as unknown[]) : [plainValue(right)]);
  return undefined;
}

function percentFormatted(text: string, values: readonly unknown[]): string {
  let next = 0;
  return text.replaceAll(/%(%|[sdr])/g, (_, code: string) => (code === '%' ? '%' : shown(values[next++])));
}
