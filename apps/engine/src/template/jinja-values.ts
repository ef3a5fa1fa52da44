import { Environment } from '@huggingface/jinja';

/** A value while a template runs. The interpreter does not export its classes; an environment makes them of what it is given. */
export interface RuntimeValue {
  readonly type: string;
  readonly value: unknown;
}

export function runtimeValue(value: unknown): RuntimeValue {
  return new Environment().set('it', value) as unknown as RuntimeValue;
}

/** What it is outside of templates. */
export function plainValue({ type, value }: RuntimeValue): unknown {
  if (type === 'UndefinedValue') return undefined;
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, inner]) => [key, plainValue(inner as RuntimeValue)]));
  return Array.isArray(value) ? value.map((inner) => plainValue(inner as RuntimeValue)) : value;
}

export function isNothing({ type }: RuntimeValue): boolean {
  return type === 'UndefinedValue' || type === 'NullValue';
}

export function isText(value: RuntimeValue): value is RuntimeValue & { readonly value: string } {
  return value.type === 'StringValue';
}

export function isList({ type }: RuntimeValue): boolean {
  return type === 'ArrayValue' || type === 'TupleValue';
}

export function isMapping({ type }: RuntimeValue): boolean {
  return type === 'ObjectValue';
}
