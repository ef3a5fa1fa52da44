import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { type Route, RouteTable, VERSION } from '@tandem/api/http';
import { closeRequestBodies } from './close-request-bodies';
import { completeOperation, HEADERS, type Operation, PARAMETERS } from './complete-operation';
import { hoistSchemas } from './hoist-schemas';
import { shareResponses } from './share-responses';

const DESCRIPTION = `Compare a baseline language model with its derivative side by side, and chat with local checkpoints.

Names are in snake_case, times are ISO 8601 in UTC, durations end in \`_ms\`. \`model\` always is the id, name or endpoint of
a model that \`GET /api/models\` lists. Every failed request is answered with an \`ErrorBody\`; what fails after a stream
began is in its last frame. Fields that are not described here are refused.`;

const TAGS = {
  streaming: 'Asking, token by token',
  scoring: 'How likely a text is for a model, and how far two models differ over it',
  evaluations: 'Prompt sets, and runs that ask several models all prompts of one in the background',
  comparisons: 'Comparisons that are kept',
  store: 'What is kept, as a whole',
  votes: 'Which answers are better, blind or not',
  models: 'What can be asked, and the local models in memory',
  health: 'What is alive',
  configuration: 'Which models there are, and from where',
  access: 'Signing in',
  openai: 'For clients of the OpenAI API',
  description: 'This document',
};

/** The whole API as OpenAPI 3.1: what the routes say of themselves, and what is the same for all of them. */
export function createApiDocument(app: NestExpressApplication, basePath: string): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Tandem')
    .setDescription(DESCRIPTION)
    .setVersion(VERSION)
    .addServer(basePath || '/', 'This server')
    .addSecurity('access', { type: 'http', scheme: 'bearer', description: 'One of `ACCESS_TOKENS`, or `ADMIN_TOKEN`, where the server has some' })
    .addCookieAuth(
      'tandem_session',
      { type: 'apiKey', in: 'cookie', description: 'Set by `POST /api/session`; over TLS its name begins with `__Host-`' },
      'session',
    )
    .addSecurity('admin', { type: 'http', scheme: 'bearer', description: '`ADMIN_TOKEN`, where the server has one' });
  for (const [tag, description] of Object.entries(TAGS)) builder.addTag(tag, description);
  const document = SwaggerModule.createDocument(app, builder.build());
  document.info.license = { name: 'MIT', identifier: 'MIT' } as { name: string };
  document.security = [{ access: [] }, { session: [] }, {}];
  document.components = { ...document.components, headers: HEADERS, parameters: PARAMETERS };
  const operations = operationsOf(document, app.get(RouteTable, { strict: false }).routes);
  for (const { operation, route } of operations) completeOperation(operation, route);
  const used = new Set(operations.flatMap(({ operation: { tags = [] } }) => tags));
  document.tags = (document.tags ?? []).filter(({ name }) => used.has(name));
  exclude(document, 'StreamRequest', 'prompt', 'messages');
  closeRequestBodies(
    document,
    operations.flatMap(({ operation, route }) => (route.policy.unknownFields === 'refused' ? [operation] : [])),
  );
  return hoistSchemas(
    shareResponses(
      document,
      operations.flatMap(({ operation, route }) => (route.policy.errors === 'tandem' ? [operation] : [])),
    ),
  );
}

/** Of the two properties exactly one is sent. */
function exclude(document: OpenAPIObject, name: string, ...properties: readonly [string, string]): void {
  const schema = document.components?.schemas?.[name];
  if (schema === undefined) throw new Error(`There is no schema ${name}.`);
  const all = (...names: string[]) => ({ required: names, properties: Object.fromEntries(names.map((each) => [each, {}])) });
  Object.assign(schema, { not: { anyOf: [all(...properties), { not: { anyOf: properties.map((property) => all(property)) } }] } });
}

/** Every operation with the route that it describes. */
function operationsOf(document: OpenAPIObject, routes: readonly Route[]): { readonly operation: Operation; readonly route: Route }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    (Object.entries(item) as [string, Operation][]).map(([method, operation]) => {
      const route = routes.find((candidate) => candidate.method === method.toUpperCase() && candidate.path.replace(/[:*](\w+)/g, '{$1}') === path);
      if (route === undefined) throw new Error(`No route is described as ${method} ${path}.`);
      return { operation, route };
    }),
  );
}
