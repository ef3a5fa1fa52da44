import { NestFactory } from '@nestjs/core';
import { RouteTable } from '@tandem/api/http';
import { AppModule } from './app.module';

/** Who may call it, how large its body may be, what it counts as; then what is unusual about it. */
const TABLE = `
GET    /                               public small  request  fields ignored, debug, page
GET    /theme.js                       public small  request  fields ignored, debug
GET    /index.html                     public small  request  fields ignored, debug, page
GET    /compare                        public small  request  fields ignored, debug, page
GET    /chat                           public small  request  fields ignored, debug, page
GET    /chat/:conversation             public small  request  fields ignored, debug, page
GET    /comparisons                    public small  request  fields ignored, debug, page
GET    /comparisons/:comparison        public small  request  fields ignored, debug, page
GET    /runs                           public small  request  fields ignored, debug, page
GET    /runs/:run                      public small  request  fields ignored, debug, page
GET    /models                         public small  request  fields ignored, debug, page
GET    /*mistyped                      public small  request  fields ignored, debug, page
GET    /api/session                    public small  request
POST   /api/session                    public small  request
DELETE /api/session                    public small  request
GET    /healthz                        public small  nothing  fields ignored, debug
GET    /readyz                         public small  nothing  fields ignored, debug
GET    /metrics                        token  small  nothing  fields ignored, debug
GET    /api/config                     token  small  request
POST   /api/config/refresh             admin  small  request
POST   /api/config/models              operator small request
POST   /api/config/models/test         operator small request
GET    /api/models                     token  small  request
GET    /api/models/*id                 token  small  request
GET    /api/models/*name/status        token  small  request
GET    /api/models/*name/checksums     token  small  request
POST   /api/models/*name/load          token  small  request
DELETE /api/models/*name/load          token  small  request
POST   /api/models/*name/unload        token  small  request
GET    /api/checkpoints                token  small  request
GET    /api/checkpoints/stream         token  small  request
GET    /api/memory                     token  small  request
POST   /api/chat/clear                 token  small  request
GET    /stream                         token  small  answer
POST   /stream                         token  prompt answer
POST   /api/generate                   token  prompt answer
GET    /stream/:stream_id              token  small  request
DELETE /stream/:stream_id              token  small  request
POST   /api/scores                     token  prompt answer
POST   /api/divergences                token  prompt answer
POST   /api/parity                     token  prompt answer
POST   /api/prompt-sets                token  prompts request
GET    /api/prompt-sets                token  small  request
GET    /api/prompt-sets/:id            token  small  request
DELETE /api/prompt-sets/:id            token  small  request
POST   /api/runs                       token  prompt request
GET    /api/runs                       token  small  request
GET    /api/runs/:id                   token  small  request
DELETE /api/runs/:id                   token  small  request
GET    /api/runs/:id/items             token  small  request
GET    /api/runs/:id/events            token  small  request
GET    /api/runs/:id/export            token  small  request
POST   /api/runs/:id/pause             token  small  request
POST   /api/runs/:id/resume            token  small  request
POST   /api/runs/:id/cancel            token  small  request
POST   /api/comparisons               token  demands request
GET    /api/comparisons               token  small  request
GET    /api/comparisons/:id           token  small  request
PATCH  /api/comparisons/:id           token  prompt request
DELETE /api/comparisons/:id           token  small  request
GET    /api/comparisons/:id/export    token  small  request
GET    /api/comparisons/:id/votes     token  small  request
POST   /api/comparisons/:id/votes     token  small  request
PUT    /api/comparisons/:id/votes     token  small  request
GET    /api/store                     token  small  request
GET    /api/store/export              admin  small  request
DELETE /api/store                     operator small request
GET    /api/votes/ranking             token  small  request
GET    /api/votes/summary             token  small  request
POST   /api/blind                     token  prompt answer
POST   /api/blind/:id/vote            token  small  request
GET    /api/blind/:id/vote            token  small  request
GET    /api/series                     token  small  request
POST   /api/divergences/series         token  prompt answer
GET    /health-check                   token  small  request
GET    /api/health                     token  small  request
GET    /api/health/stream              token  small  request
GET    /api/openapi.json               token  small  request
GET    /api/docs                       token  small  request  fields ignored, page
GET    /api/docs/start.js              token  small  request  fields ignored
GET    /api/docs/swagger-ui.css        token  small  request  fields ignored
GET    /api/docs/swagger-ui-bundle.js  token  small  request  fields ignored
GET    /api/docs/favicon-32x32.png     token  small  request  fields ignored
GET    /v1/models                      token  small  request  fields ignored, openai
GET    /v1/models/*id                  token  small  request  fields ignored, openai
POST   /v1/chat/completions            token  demands answer  fields ignored, openai
POST   /v1/completions                 token  demands answer  fields ignored, openai
POST   /v1/responses                   token  demands answer  fields ignored, openai
POST   /tokenize                       token  demands request fields ignored, openai
POST   /detokenize                     token  demands request fields ignored, openai
GET    /tokenizer_info                 token  small  request  fields ignored, openai
ALL    /v1                             token  small  request  fields ignored, openai
ALL    /v1/*rest                       token  small  request  fields ignored, openai
`;

const words = (line: string): string => line.replace(/ +/g, ' ').trim();

it('holds for every route what its decorators say, and for none anything else', async () => {
  const app = await NestFactory.create(AppModule, { logger: false, bodyParser: false, abortOnError: false });
  const { routes } = app.get(RouteTable, { strict: false });
  await app.close();
  const lines = routes.map(({ method, path, policy: { access, body, countsAs, unknownFields, errors, log, page } }) => {
    const unusual = [unknownFields === 'ignored' && 'fields ignored', errors === 'openai' && 'openai', log === 'debug' && 'debug', page && 'page']
      .filter(Boolean)
      .join(', ');
    return words(`${method} ${path} ${access} ${body} ${countsAs} ${unusual}`);
  });
  expect(lines.sort()).toEqual(TABLE.trim().split('\n').map(words).sort());
});
