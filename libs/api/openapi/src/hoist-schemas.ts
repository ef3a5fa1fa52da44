import type { OpenAPIObject } from '@nestjs/swagger';

type Node = Record<string, unknown>;

/** Moves every schema that has a title to the components, once, and leaves a reference in its place. */
export function hoistSchemas(document: OpenAPIObject): OpenAPIObject {
  const schemas = new Map<string, string>();

  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    const { title, ...rest } = value as Node;
    if (!isSchema(rest) || typeof title !== 'string') {
      return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, isLiteral(key) ? child : visit(child)]));
    }
    const schema = JSON.stringify(visit(rest));
    if ((schemas.get(title) ?? schema) !== schema) throw new Error(`Two schemas have the name ${title}.`);
    schemas.set(title, schema);
    return { $ref: `#/components/schemas/${title}` };
  };

  const { components, ...rest } = visit(document) as OpenAPIObject;
  const hoisted = [...schemas].map(([title, schema]) => [title, JSON.parse(schema) as object] as const);
  const all = [...Object.entries(components?.schemas ?? {}), ...hoisted].sort(([one], [other]) => (one < other ? -1 : 1));
  return { ...rest, components: { ...components, schemas: Object.fromEntries(all) as never } };
}

/** The document has a title of its own, and so may an example. */
function isSchema(node: Node): boolean {
  return 'type' in node || 'oneOf' in node || 'anyOf' in node;
}

function isLiteral(key: string): boolean {
  return key === 'example' || key === 'examples' || key === 'default' || key === 'enum';
}
