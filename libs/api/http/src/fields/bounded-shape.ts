import type { Type } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';
import { Fault, unknownField } from '@tandem/api/faults';

/** Where `@nestjs/swagger` keeps what the decorator of a property says of it. */
const DESCRIBED = 'swagger/apiModelProperties';

/** What a class takes of a field. */
interface Field {
  readonly longest: number;
  /** Says so where a list is longer. */
  readonly sentence: string;
  /** Of the items of a list. */
  readonly items: Type | undefined;
}

const shapes = new Map<Type, ReadonlyMap<string, Field>>();

/**
 * Checks what would make building and validating long, on the parsed JSON and before anything is built of it: the first
 * field that the class does not know, and the first list that is longer than it may be.
 * @throws Fault `unknown_field` or `invalid_request`, with the path
 */
export function checkShape(value: unknown, type: Type, path = ''): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const shape = shapeOf(type);
  for (const [name, held] of Object.entries(value)) {
    const here = path === '' ? name : `${path}.${name}`;
    const field = shape.get(name);
    if (field === undefined) throw unknownField(here);
    if (!Array.isArray(held)) continue;
    if (held.length > field.longest) throw new Fault('invalid_request', `${here}: ${field.sentence}.`, { param: here });
    const { items } = field;
    if (items) held.forEach((item, index) => checkItem(item, items, `${here}[${index}]`));
  }
}

/** A list among the items would be validated as what it holds. */
function checkItem(item: unknown, type: Type, path: string): void {
  if (Array.isArray(item)) throw new Fault('invalid_request', `${path}: must be an object.`, { param: path });
  checkShape(item, type, path);
}

/** What its validation decorators say, its parents' included. */
function shapeOf(type: Type): ReadonlyMap<string, Field> {
  const known = shapes.get(type);
  if (known) return known;
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const shape = new Map(
    rules.map(({ propertyName: name }): [string, Field] => {
      const most = rules.find((rule) => rule.propertyName === name && rule.name === 'arrayMaxSize');
      return [name, { longest: Number(most?.constraints?.[0] ?? Infinity), sentence: String(most?.message), items: itemsOf(type, name) }];
    }),
  );
  shapes.set(type, shape);
  return shape;
}

function itemsOf({ prototype }: Type, name: string): Type | undefined {
  const described = Reflect.getMetadata(DESCRIBED, prototype as object, name) as { readonly type?: unknown; readonly isArray?: boolean } | undefined;
  const items = described?.isArray ? described.type : undefined;
  return typeof items === 'function' && shapeOf(items as Type).size > 0 ? (items as Type) : undefined;
}
