import { Ambiguity, type Named, type Part } from './ambiguity';
import { grouped } from './grouped';
import { literal } from './json-rules';
import { literalTree, MOST_BRANCHES } from './literal-tree';
import { RuleBook } from './rule-book';
import { integer, list, MOST_REPEATS, number, repeats, text, writtenOut } from './rule-parts';
import { ANNOTATIONS, countOf, isLiteral, isObject, literalsOf, refuseUnknown, resolveReference, type Schema, typesOf, unusable } from './schema';

const MOST_HOPS = 32;
const MOST_LEVELS = 200;

/** Where a schema stands. */
interface Location {
  readonly path: string;
  readonly level: number;
  /** How many references led here, one directly to the next. */
  readonly hops: number;
}

/** How a rule goes on, and what is known of the ways it begins. */
interface Rule {
  readonly body: string;
  readonly parts: readonly Part[];
  /** Rules that it is one of, without a character of JSON before them. */
  readonly others?: readonly string[];
  readonly writtenOut?: number;
}

const START: Location = { path: '', level: 0, hops: 0 };

/**
 * Turns a JSON Schema into a grammar whose every text is valid under it, and which llama.cpp reads and follows quickly.
 * What a schema leaves open is not used to the full: objects get the properties that it names and no others, in its order.
 */
export class SchemaGrammar {
  private readonly book = new RuleBook();
  private readonly ambiguity = new Ambiguity();
  private readonly known = new Map<Schema, string>();
  /** Rules that were referred to before they were complete. */
  private readonly needed = new Set<string>();
  /** Rules that begin with others. */
  private readonly beginnings = new Map<string, { readonly path: string; readonly names: readonly string[] }>();

  constructor(private readonly root: Schema) {
    const kinds = ['object', 'array', 'string', 'number', 'boolean', 'null'];
    this.ambiguity.note('value', { path: '', parts: kinds.map((kind) => ({ kind, within: [] })), others: [] });
  }

  /** @throws UnusableSchema for a schema that says what a grammar cannot, or not quickly */
  text(): string {
    const root = this.ruleFor(this.root, START);
    this.refuseCircles();
    this.ambiguity.check();
    return this.book.text(root);
  }

  /** The name of the rule for a schema. */
  private ruleFor(schema: unknown, location: Location): string {
    const { path } = location;
    if (schema === true || (isObject(schema) && Object.keys(schema).every((keyword) => ANNOTATIONS.has(keyword) && keyword !== 'format'))) return 'value';
    if (!isObject(schema)) throw unusable(path, schema === false ? 'nothing is valid' : 'there is no schema');
    if (location.level > MOST_LEVELS) throw unusable(path, `it is nested deeper than ${MOST_LEVELS} levels`);
    if ('$ref' in schema) return this.referenced(schema, location);
    const known = this.known.get(schema);
    if (known !== undefined) {
      this.needed.add(known);
      return known;
    }
    const name = this.book.reserve(path);
    this.known.set(schema, name);
    const { body, parts, others = [], writtenOut: repeated = 0 } = this.bodyFor(schema, location);
    const same = this.needed.has(name) ? undefined : this.book.find(body);
    this.known.set(schema, same ?? name);
    if (same !== undefined) return same;
    if (others.length > 0) this.beginnings.set(name, { path, names: others });
    this.ambiguity.note(name, { path, parts, others });
    return this.book.define(name, body, path, repeated);
  }

  private bodyFor(schema: Schema, location: Location): Rule {
    if (isLiteral(schema)) return this.literals(literalsOf(schema, location.path), location.path);
    for (const keyword of ['anyOf', 'oneOf', 'allOf']) if (keyword in schema) return this.combined(schema, keyword, location);
    const types = typesOf(schema, location.path);
    refuseUnknown(schema, location.path);
    const typed = types.map((type) => this.typed(type, schema, location));
    return {
      body: typed.map(({ body }) => body).join(' | '),
      parts: typed.flatMap(({ parts }) => parts),
      writtenOut: typed.reduce((sum, rule) => sum + (rule.writtenOut ?? 0), 0),
    };
  }

  private typed(type: string, schema: Schema, location: Location): Rule {
    switch (type) {
      case 'object':
        return this.object(schema, location);
      case 'array':
        return this.array(schema, location);
      case 'string':
        return { body: text(schema, this.book, location.path), parts: [{ kind: 'string', within: [] }] };
      case 'integer':
        return numeric(integer(schema, location.path));
      case 'number':
        return numeric(number(schema, location.path));
      case 'boolean':
      case 'null':
        return { body: type, parts: [{ kind: type, within: [] }] };
      default:
        throw unusable(location.path, `the type ${JSON.stringify(type)} is unknown`);
    }
  }

  private literals(texts: ReadonlySet<string>, path: string): Rule {
    const byKind = grouped(texts, kindOf);
    return { body: literalTree(texts, this.book, path), parts: [...byKind].map(([kind, some]) => ({ kind, within: [], literals: new Set(some) })) };
  }

  private referenced(schema: Schema, { path, level, hops }: Location): string {
    const { $ref: reference } = schema;
    const more = Object.keys(schema).find((keyword) => keyword !== '$ref' && !ANNOTATIONS.has(keyword));
    if (more !== undefined) throw unusable(path, `${more} stands beside $ref`);
    const target = resolveReference(this.root, reference, path);
    if (hops === MOST_HOPS) throw unusable(path, '$ref leads back to itself');
    return this.ruleFor(target.schema, { path: target.path, level: level + 1, hops: hops + 1 });
  }

  /** Values that it names are one alternative, however many alternatives name them. */
  private combined(schema: Schema, keyword: string, { path, level }: Location): Rule {
    const more = Object.keys(schema).find((other) => other !== keyword && !ANNOTATIONS.has(other));
    if (more !== undefined) throw unusable(path, `${more} stands beside ${keyword}`);
    const schemas = schema[keyword];
    if (!Array.isArray(schemas) || schemas.length === 0) throw unusable(path, `${keyword} is no list of schemas`);
    if (keyword === 'allOf' && schemas.length > 1) throw unusable(path, 'allOf combines several schemas');
    const located = schemas.map((one: unknown, index) => ({ one, location: { path: `${path}/${keyword}/${index}`, level: level + 1, hops: 0 } }));
    const texts = located.flatMap(({ one, location }) => (isObject(one) && isLiteral(one) ? [...literalsOf(one, location.path)] : []));
    const values = texts.length === 0 ? null : this.literals(new Set(texts), path);
    const others = [...new Set(located.filter(({ one }) => !isObject(one) || !isLiteral(one)).map(({ one, location }) => this.ruleFor(one, location)))];
    return { body: [...(values === null ? [] : [values.body]), ...others].join(' | '), parts: values?.parts ?? [], others };
  }

  private array(schema: Schema, { path, level }: Location): Rule {
    const least = countOf(schema, 'minItems', path, 0, MOST_REPEATS);
    const most = countOf(schema, 'maxItems', path, Number.POSITIVE_INFINITY, MOST_REPEATS);
    const { prefixItems: first = [], items = true } = schema;
    if (!Array.isArray(first)) throw unusable(path, 'prefixItems is no list of schemas');
    if (most < least) throw unusable(path, 'maxItems is less than minItems');
    const prefix = first.slice(0, most).map((item: unknown, index) => this.ruleFor(item, { path: `${path}/prefixItems/${index}`, level: level + 1, hops: 0 }));
    const rest = items === false || most <= prefix.length ? null : this.ruleFor(items, { path: `${path}/items`, level: level + 1, hops: 0 });
    if (rest === null && least > prefix.length) throw unusable(path, 'minItems asks for more than there may be');
    const known = { parts: [{ kind: 'array', within: rest === null ? prefix : [...prefix, rest] }], writtenOut: rest === null ? 0 : writtenOut(least, most) };
    if (prefix.length === 0) return { body: `"[" space ${rest === null ? '' : `${list(rest, least, most)} `}"]"`, ...known };
    const tail = rest === null ? '' : ` ( "," space ${rest} space )${repeats(Math.max(0, least - prefix.length), most - prefix.length)}`;
    return { body: `"[" space ${prefix.map((item) => `${item} space`).join(' "," space ')}${tail} "]"`, ...known };
  }

  private object(schema: Schema, location: Location): Rule {
    const { path, level } = location;
    const { properties = {}, required = [], additionalProperties: others = true } = schema;
    if (!isObject(properties)) throw unusable(path, 'properties is no object');
    if (!Array.isArray(required)) throw unusable(path, 'required is no list');
    const least = countOf(schema, 'minProperties', path, 0, MOST_REPEATS);
    const most = countOf(schema, 'maxProperties', path, Number.POSITIVE_INFINITY, MOST_REPEATS);
    const names = [...new Set([...Object.keys(properties), ...(required as string[]).map(String)])];
    if (names.length === 0) return this.map(others, { least, most }, location);
    const needed = new Set<unknown>(required);
    if (least > needed.size || most < names.length) throw unusable(path, 'minProperties or maxProperties stands beside named properties');
    const named = names.map((name): Named => {
      const value = Object.hasOwn(properties, name) ? properties[name] : others;
      return { name, isNeeded: needed.has(name), rule: this.ruleFor(value, { path: `${path}/properties/${name.slice(0, 100)}`, level: level + 1, hops: 0 }) };
    });
    const own = longestChoice(named);
    if (own > MOST_BRANCHES) throw unusable(path, `${MOST_BRANCHES} or more properties in a row may be left out`);
    const part = { kind: 'object', within: named.map(({ rule }) => rule), properties: named, own };
    return { body: `"{" space ${this.inOrder(named, path)} "}"`, parts: [part] };
  }

  /** An object whose names are open. */
  private map(values: unknown, { least, most }: { readonly least: number; readonly most: number }, { path, level }: Location): Rule {
    if (values === false || most === 0) {
      if (least > 0) throw unusable(path, 'minProperties asks for more than there may be');
      return { body: '"{" space "}"', parts: [{ kind: 'object', within: [] }] };
    }
    // the same name twice is one property
    if (least > 1) throw unusable(path, 'minProperties is larger than 1 where names are open');
    const value = this.ruleFor(values, { path: `${path}/additionalProperties`, level: level + 1, hops: 0 });
    const pair = this.book.named(`name space ":" space ${value}`, path);
    return { body: `"{" space ${list(pair, least, most)} "}"`, parts: [{ kind: 'object', within: [value] }], writtenOut: writtenOut(least, most) };
  }

  /** What is optional may be left out, and only between two pairs there is a comma. */
  private inOrder(properties: readonly Named[], path: string): string {
    let afterSome = '';
    let atFirst = '';
    for (const { name, isNeeded, rule } of [...properties].reverse()) {
      const pair = `${literal(JSON.stringify(name))} space ":" space ${rule} space`;
      const rest = afterSome;
      const first = `${pair} ${rest}`;
      atFirst = isNeeded ? first : this.book.named(`${first} | ${atFirst === '' ? '""' : atFirst}`, path);
      afterSome = this.book.named(isNeeded ? `"," space ${first}` : `( "," space ${pair} )? ${rest}`, path);
    }
    return atFirst;
  }

  /** A rule that begins with itself never begins. */
  private refuseCircles(): void {
    const sound = new Set<string>();
    const check = (name: string, before: ReadonlySet<string>): void => {
      const beginning = this.beginnings.get(name);
      if (beginning === undefined || sound.has(name)) return;
      if (before.has(name)) throw unusable(beginning.path, 'it leads back to itself');
      const after = new Set(before).add(name);
      for (const next of beginning.names) check(next, after);
      sound.add(name);
    };
    for (const name of this.beginnings.keys()) check(name, new Set());
  }
}

function numeric(body: string): Rule {
  return { body, parts: [{ kind: 'number', within: [], own: body.split(' | ').length }] };
}

/** How many properties may come at the same point. */
function longestChoice(properties: readonly Named[]): number {
  let [longest, current] = [1, 1];
  for (const { isNeeded } of properties) {
    if (!isNeeded) current++;
    longest = Math.max(longest, current);
    if (isNeeded) current = 1;
  }
  return longest;
}

function kindOf(json: string): string {
  const first = json[0] ?? '';
  return ({ '{': 'object', '[': 'array', '"': 'string', t: 'boolean', f: 'boolean', n: 'null' } as const)[first] ?? 'number';
}
