import { typeOf } from './type-of.mjs';

/** The document as one Python module: its schemas as types, its operations as methods of the runtime's client. */
export function moduleOf(document, runtime) {
  const types = Object.entries(document.components.schemas).map(([name, schema]) => declarationOf(name, schema));
  const methods = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => methodOf(document, path, method, operation)),
  );
  return runtime.replace('__VERSION__', document.info.version).replace('# TYPES\n', types.join('\n')).replace('    # METHODS\n', methods.join('\n'));
}

function declarationOf(name, schema) {
  // one that names no other type can be part of a union; as text it could not
  if (schema.enum) return `${name}: TypeAlias = ${typeOf(schema)}\n`;
  // as a function call the names may be any, and types that stand further down may be named
  if (schema.type !== 'object' || !schema.properties) return `${name}: TypeAlias = ${quoted(typeOf(schema))}\n`;
  const required = new Set(schema.required ?? []);
  const fields = Object.entries(schema.properties).map(([field, of]) => {
    const type = typeOf(of);
    return `    ${quoted(field)}: ${quoted(required.has(field) ? type : `NotRequired[${type}]`)},\n`;
  });
  return `${name} = TypedDict(${quoted(name)}, {\n${fields.join('')}})\n`;
}

function methodOf(document, path, method, { operationId, summary = '', description = '', parameters = [], requestBody, responses }) {
  const all = parameters.map((parameter) => (parameter.$ref ? document.components.parameters[parameter.$ref.split('/').at(-1)] : parameter));
  const body = requestBody?.content['application/json']?.schema;
  const needed = all.filter(({ required }) => required);
  const free = all.filter(({ required }) => !required);
  const signature = [
    'self',
    ...needed.filter((one) => one.in === 'path').map((one) => `${snake(one.name)}: ${typeOf(one.schema)}`),
    ...(body ? [`body: ${typeOf(body)}${requestBody.required ? '' : ' | None = None'}`] : []),
    '*',
    ...needed.filter((one) => one.in !== 'path').map((one) => `${snake(one.name)}: ${typeOf(one.schema)}`),
    ...free.map((one) => `${snake(one.name)}: ${typeOf(one.schema)} | None = None`),
  ];
  const of = (place) =>
    `{${all
      .filter((one) => one.in === place)
      .map(({ name }) => `${quoted(name)}: ${snake(name)}`)
      .join(', ')}}`;
  const call = [quoted(method.toUpperCase()), quoted(path), of('path'), of('query'), of('header'), body ? 'body' : 'None'];
  return `    def ${snake(operationId)}(${signature.join(', ')}) -> ${resultOf(responses)}:
        ${quoted([summary, description].filter(Boolean).join('. '))}
        return self._call(${call.join(', ')})
`;
}

/** Of the first answer that is no failure; what holds events gives them one after the other. */
function resultOf(responses) {
  const [, { content = {} } = {}] = Object.entries(responses).find(([status]) => status.startsWith('2')) ?? [];
  const types = Object.entries(content).map(([media, { schema }]) => (media === 'text/event-stream' ? `Iterator[${typeOf(schema)}]` : typeOf(schema)));
  return types.length === 0 ? 'None' : types.join(' | ');
}

function snake(name) {
  return name
    .replace(/-/g, '_')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

function quoted(text) {
  return JSON.stringify(text);
}
