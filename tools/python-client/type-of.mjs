/** How Python spells a schema. Names of classes that stand further down are left as text. */
export function typeOf(schema = {}) {
  const { $ref, type, anyOf, oneOf, items, additionalProperties } = schema;
  if ($ref) return $ref.split('/').at(-1);
  if (schema.enum) return `Literal[${schema.enum.map(literal).join(', ')}]`;
  if ('const' in schema) return `Literal[${literal(schema.const)}]`;
  const options = anyOf ?? oneOf;
  if (options) return unionOf(options.map(typeOf));
  if (Array.isArray(type)) return unionOf(type.map((one) => typeOf({ ...schema, type: one })));
  switch (type) {
    case 'string':
      return 'str';
    case 'integer':
      return 'int';
    case 'number':
      return 'float';
    case 'boolean':
      return 'bool';
    case 'null':
      return 'None';
    case 'array':
      return `list[${typeOf(items)}]`;
    case 'object':
      return `dict[str, ${typeof additionalProperties === 'object' ? typeOf(additionalProperties) : 'Any'}]`;
    default:
      return 'Any';
  }
}

function unionOf(types) {
  return [...new Set(types)].join(' | ');
}

function literal(value) {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return JSON.stringify(value);
}
