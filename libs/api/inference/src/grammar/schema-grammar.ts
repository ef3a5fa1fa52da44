import { JSON_RULES, literal } from './json-rules';
import { integer, list, literalsOf, MOST_REPEATS, number, repeats, text } from './rule-parts';
import { ANNOTATIONS, countOf, isObject, refuseUnknown, resolveReference, type Schema, typesOf, unusable } from './schema';

const MOST_RULES = 4_000;
const MOST_CHARACTERS = 256 * 1024;
const MOST_HOPS = 32;

/** Where a schema stands. */
interface Place {
  readonly path: string;
  /** How many references led here, one directly to the next. */
  readonly hops: number;
}

const START: Place = { path: '', hops: 0 };

/**
 * Turns a JSON Schema into a grammar whose every text is valid under it. What a schema leaves open is not used to the
 * full: objects get the properties that it names and no others, in its order.
 */
export class SchemaGrammar {
  private readonly rules = new Map<string, string>(Object.entries(JSON_RULES));
  /** Rules by the schema they are for, so that what is the same is one. */
  private readonly known = new Map<string, string>();
  /** Rules that begin with others, without a character of JSON before them. */
  private readonly beginnings = new Map<string, { readonly path: string; readonly names: readonly string[] }>();
  private characters = 0;

  constructor(private readonly root: Schema) {}

  /** @throws Fault `invalid_request` for a schema that says what a grammar cannot */
  text(): string {
    const root = this.ruleFor(this.root, START);
    this.refuseCircles();
    return [`root ::= ${root}`, ...[...this.rules].map(([name, body]) => `${name} ::= ${body}`), ''].join('\n');
  }

  /** The name of the rule for a schema. */
  private ruleFor(schema: unknown, place: Place): string {
    if (schema === true || (isObject(schema) && Object.keys(schema).every((keyword) => ANNOTATIONS.has(keyword) && keyword !== 'format'))) return 'value';
    if (!isObject(schema)) throw unusable(place.path, schema === false ? 'nothing is valid' : 'there is no schema');
    if ('$ref' in schema) return this.referenced(schema, place);
    const key = JSON.stringify(schema);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const name = this.reserve();
    this.known.set(key, name);
    return this.define(name, this.bodyFor(schema, name, place.path));
  }

  private bodyFor(schema: Schema, name: string, path: string): string {
    if ('const' in schema) return literal(JSON.stringify(schema['const']));
    if ('enum' in schema) return literalsOf(schema['enum'], path);
    for (const keyword of ['anyOf', 'oneOf', 'allOf']) if (keyword in schema) return this.combined(schema, keyword, name, path);
    const types = typesOf(schema, path);
    refuseUnknown(schema, path);
    return types.map((type) => this.typed(type, schema, path)).join(' | ');
  }

  private typed(type: string, schema: Schema, path: string): string {
    switch (type) {
      case 'object':
        return this.object(schema, path);
      case 'array':
        return this.array(schema, path);
      case 'string':
        return text(schema, path);
      case 'integer':
        return integer(schema, path);
      case 'number':
        return number(schema, path);
      case 'boolean':
      case 'null':
        return type;
      default:
        throw unusable(path, `the type ${JSON.stringify(type)} is unknown`);
    }
  }

  private referenced(schema: Schema, { path, hops }: Place): string {
    const { $ref: reference } = schema;
    const more = Object.keys(schema).find((keyword) => keyword !== '$ref' && !ANNOTATIONS.has(keyword));
    if (more !== undefined) throw unusable(path, `${more} stands beside $ref`);
    const target = resolveReference(this.root, reference, path);
    if (hops === MOST_HOPS) throw unusable(path, '$ref leads back to itself');
    return this.ruleFor(target.schema, { path: target.path, hops: hops + 1 });
  }

  private combined(schema: Schema, keyword: string, name: string, path: string): string {
    const more = Object.keys(schema).find((other) => other !== keyword && !ANNOTATIONS.has(other));
    if (more !== undefined) throw unusable(path, `${more} stands beside ${keyword}`);
    const parts = schema[keyword];
    if (!Array.isArray(parts) || parts.length === 0) throw unusable(path, `${keyword} is no list of schemas`);
    if (keyword === 'allOf' && parts.length > 1) throw unusable(path, 'allOf combines several schemas');
    const names = parts.map((part: unknown, index) => this.ruleFor(part, { path: `${path}/${keyword}/${index}`, hops: 0 }));
    this.beginnings.set(name, { path, names });
    return names.join(' | ');
  }

  private array(schema: Schema, path: string): string {
    const least = countOf(schema, 'minItems', path, 0, MOST_REPEATS);
    const most = countOf(schema, 'maxItems', path, Number.POSITIVE_INFINITY, MOST_REPEATS);
    const { prefixItems: first = [], items = true } = schema;
    if (!Array.isArray(first)) throw unusable(path, 'prefixItems is no list of schemas');
    if (most < least) throw unusable(path, 'maxItems is less than minItems');
    const prefix = first.slice(0, most).map((item: unknown, index) => this.ruleFor(item, { path: `${path}/prefixItems/${index}`, hops: 0 }));
    const rest = items === false || most <= prefix.length ? null : this.ruleFor(items, { path: `${path}/items`, hops: 0 });
    if (rest === null && least > prefix.length) throw unusable(path, 'minItems asks for more than there may be');
    if (prefix.length === 0) return `"[" space ${rest === null ? '' : `${list(rest, least, most)} `}"]"`;
    const tail = rest === null ? '' : ` ( "," space ${rest} space )${repeats(Math.max(0, least - prefix.length), most - prefix.length)}`;
    return `"[" space ${prefix.map((item) => `${item} space`).join(' "," space ')}${tail} "]"`;
  }

  private object(schema: Schema, path: string): string {
    const { properties = {}, required = [], additionalProperties: others = true } = schema;
    if (!isObject(properties)) throw unusable(path, 'properties is no object');
    if (!Array.isArray(required)) throw unusable(path, 'required is no list');
    const least = countOf(schema, 'minProperties', path, 0, MOST_REPEATS);
    const most = countOf(schema, 'maxProperties', path, Number.POSITIVE_INFINITY, MOST_REPEATS);
    const names = [...new Set([...Object.keys(properties), ...(required as string[]).map(String)])];
    if (names.length === 0) return this.map(others, least, most, path);
    const needed = new Set<unknown>(required);
    if (least > needed.size || most < names.length) throw unusable(path, 'minProperties or maxProperties stands beside named properties');
    const pairs = names.map((name) => {
      const value = Object.hasOwn(properties, name) ? properties[name] : others;
      const rule = this.ruleFor(value, { path: `${path}/properties/${name.slice(0, 100)}`, hops: 0 });
      return { pair: `${literal(JSON.stringify(name))} space ":" space ${rule} space`, isNeeded: needed.has(name) };
    });
    return `"{" space ${this.inOrder(pairs)} "}"`;
  }

  /** An object whose names are open. */
  private map(values: unknown, least: number, most: number, path: string): string {
    if (values === false || most === 0) {
      if (least > 0) throw unusable(path, 'minProperties asks for more than there may be');
      return '"{" space "}"';
    }
    // the same name twice is one property
    if (least > 1) throw unusable(path, 'minProperties is larger than 1 where names are open');
    const value = this.ruleFor(values, { path: `${path}/additionalProperties`, hops: 0 });
    const pair = this.define(this.reserve(), `name space ":" space ${value}`);
    return `"{" space ${list(pair, least, most)} "}"`;
  }

  /** What is optional may be left out, and only between two pairs there is a comma. */
  private inOrder(pairs: readonly { readonly pair: string; readonly isNeeded: boolean }[]): string {
    let afterSome = '';
    let atFirst = '';
    for (const { pair, isNeeded } of [...pairs].reverse()) {
      const rest = afterSome;
      const first = `${pair} ${rest}`;
      atFirst = isNeeded ? first : this.define(this.reserve(), `${first} | ${atFirst === '' ? '""' : atFirst}`);
      afterSome = this.define(this.reserve(), isNeeded ? `"," space ${first}` : `( "," space ${pair} )? ${rest}`);
    }
    return atFirst;
  }

  private reserve(): string {
    if (this.rules.size >= MOST_RULES) throw unusable('', 'it is too large');
    const name = `rule-${this.rules.size}`;
    this.rules.set(name, '');
    return name;
  }

  private define(name: string, body: string): string {
    this.characters += body.length;
    if (this.characters > MOST_CHARACTERS) throw unusable('', 'it is too large');
    this.rules.set(name, body);
    return name;
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
