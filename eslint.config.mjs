import nx from '@nx/eslint-plugin';
import angular from 'angular-eslint';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

/** Who may know whom. A room is known by its tag; what is not listed is forbidden. */
const rooms = [
  ['type:contracts', []],
  ['type:protocol', ['type:contracts', 'type:protocol']],
  ['type:util', []],
  ['type:measures', ['type:contracts']],
  ['type:differences', ['type:measures']],
  ['type:formats', []],
  ['type:families', ['type:formats', 'type:protocol']],
  ['type:faults', ['type:contracts']],
  ['type:endpoint', []],
  ['type:processes', []],
  ['type:http', ['type:contracts', 'type:faults']],
  ['type:sse', ['type:http']],
  ['type:openapi', ['type:contracts', 'type:faults', 'type:http']],
  ['type:config', ['type:contracts', 'type:faults', 'type:endpoint', 'type:processes', 'type:http', 'type:openapi', 'type:util']],
  ['type:access', ['type:contracts', 'type:faults', 'type:endpoint', 'type:http', 'type:openapi', 'type:config']],
  ['type:completion', ['type:contracts', 'type:faults', 'type:http']],
  ['type:upstream', ['type:contracts', 'type:faults', 'type:endpoint', 'type:completion', 'type:util']],
  ['type:import', ['type:contracts', 'type:faults', 'type:processes', 'type:protocol', 'type:util']],
  ['type:inference', ['type:contracts', 'type:faults', 'type:processes', 'type:completion', 'type:protocol', 'type:import', 'type:util']],
  [
    'type:catalogue',
    ['type:contracts', 'type:faults', 'type:endpoint', 'type:http', 'type:completion', 'type:config', 'type:upstream', 'type:inference', 'type:util'],
  ],
  ['type:health', ['type:contracts', 'type:faults', 'type:http', 'type:sse', 'type:openapi', 'type:config', 'type:inference', 'type:catalogue', 'type:util']],
  ['type:models', ['type:contracts', 'type:http', 'type:sse', 'type:openapi', 'type:catalogue', 'type:inference']],
  ['type:streaming', ['type:contracts', 'type:faults', 'type:http', 'type:sse', 'type:openapi', 'type:completion', 'type:catalogue']],
  ['type:openai', ['type:contracts', 'type:faults', 'type:http', 'type:sse', 'type:openapi', 'type:completion', 'type:catalogue']],
  ['type:scoring', ['type:contracts', 'type:faults', 'type:http', 'type:sse', 'type:openapi', 'type:completion', 'type:catalogue', 'type:measures']],
  ['type:store', ['type:contracts', 'type:faults', 'type:processes', 'type:http', 'type:openapi', 'type:config']],
  [
    'type:comparisons',
    [
      'type:contracts',
      'type:faults',
      'type:http',
      'type:openapi',
      'type:config',
      'type:completion',
      'type:catalogue',
      'type:store',
      'type:measures',
      'type:differences',
      'type:util',
    ],
  ],
  [
    'type:evaluations',
    [
      'type:contracts',
      'type:faults',
      'type:http',
      'type:sse',
      'type:openapi',
      'type:completion',
      'type:catalogue',
      'type:scoring',
      'type:store',
      'type:measures',
      'type:util',
    ],
  ],
  ['type:page', ['type:http', 'type:config']],
  ['type:metrics', ['type:contracts', 'type:http', 'type:completion', 'type:config', 'type:catalogue', 'type:inference', 'type:health']],
  ['type:data-access', ['type:contracts', 'type:util']],
  ['type:design', ['type:contracts']],
  ['type:run', ['type:contracts', 'type:data-access', 'type:design']],
  ['type:model-status', ['type:contracts', 'type:data-access', 'type:design']],
  ['type:composer', ['type:contracts', 'type:design']],
  ['type:history', ['type:contracts', 'type:design']],
  ['type:diff', ['type:measures', 'type:differences']],
  ['type:kept', ['type:contracts', 'type:data-access', 'type:design', 'type:history']],
  ['type:scores', ['type:contracts', 'type:measures', 'type:data-access', 'type:design', 'type:run', 'type:model-status']],
  [
    'type:feature',
    [
      'type:contracts',
      'type:measures',
      'type:data-access',
      'type:design',
      'type:run',
      'type:model-status',
      'type:composer',
      'type:history',
      'type:diff',
      'type:kept',
      'type:scores',
    ],
  ],
];

const depConstraints = [
  ...rooms.map(([sourceTag, allowed]) => ({ sourceTag, onlyDependOnLibsWithTags: [...allowed, 'type:testing'] })),
  { sourceTag: 'scope:shared', onlyDependOnLibsWithTags: ['scope:shared', 'scope:testing'] },
  { sourceTag: 'scope:import', onlyDependOnLibsWithTags: ['scope:import', 'scope:shared', 'scope:testing'] },
  { sourceTag: 'scope:api', onlyDependOnLibsWithTags: ['scope:api', 'scope:shared', 'scope:testing'] },
  { sourceTag: 'scope:web', onlyDependOnLibsWithTags: ['scope:web', 'scope:shared', 'scope:testing'] },
  { sourceTag: 'scope:engine', onlyDependOnLibsWithTags: ['scope:engine', 'scope:import', 'scope:shared', 'scope:testing'] },
  { sourceTag: 'scope:testing', onlyDependOnLibsWithTags: ['scope:shared', 'scope:testing'] },
  { sourceTag: 'type:app', onlyDependOnLibsWithTags: rooms.map(([tag]) => tag).concat('type:testing') },
];

/** What a spec puts together may come from rooms that its own does not know: real parts are opened with theirs. Not from another scope. */
const specConstraints = depConstraints.filter(({ sourceTag }) => sourceTag.startsWith('scope:'));

const forbidden = (name, message) => ({ paths: [{ name, message }] });
const NATIVE = forbidden('node-llama-cpp', 'Only apps/engine may load the llama.cpp binding.');
const SPAWN = ['node:child_process', 'child_process'].map((name) => ({ name, message: 'Only the engine host and the converter may start a process.' }));

/** Inside of `upstream`, from the top: a folder opens none that stands above it. */
const UPSTREAM_FLOORS = ['health', 'source', 'exchange', 'server', 'connection', 'dialects'];
const upstreamWalls = UPSTREAM_FLOORS.map((floor, index) => {
  const above = UPSTREAM_FLOORS.slice(0, index).map((name) => `../${name}/*`);
  const patterns = index === 0 ? [] : [{ group: above, message: `${floor} stands below it.` }];
  return {
    files: [`libs/api/upstream/src/${floor}/*.ts`],
    ignores: ['**/*.{spec,suite}.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [...NATIVE.paths, ...SPAWN], patterns }] },
  };
});

export default tseslint.config(
  { ignores: ['dist/', 'tmp/', '.nx/', '.angular/', 'node_modules/', 'coverage/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strict],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { enforceBuildableLibDependency: false, allow: [], depConstraints }],
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_+$', varsIgnorePattern: '^_+$', caughtErrors: 'all' }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['libs/**/*.ts', 'apps/api/**/*.ts', 'apps/web/**/*.ts'],
    ignores: ['libs/testing/**', '**/src/testing/**', '**/*.{spec,suite}.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [...NATIVE.paths, ...SPAWN] }] },
  },
  {
    // what they see comes from clients, model servers and model files: none may go back over a long text again and again
    files: ['libs/**/*.ts', 'apps/**/*.ts'],
    ignores: ['libs/testing/**', '**/src/testing/**', '**/*.{spec,suite}.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential', ignorePartial: false, ignoreSticky: false }],
    },
  },
  {
    files: ['libs/api/inference/src/engine-process.ts', 'libs/api/import/src/converter-process.ts'],
    rules: { 'no-restricted-imports': ['error', NATIVE] },
  },
  ...upstreamWalls,
  {
    // decorated constructors need their classes at run time; which imports those are, the linter cannot tell
    files: ['libs/api/**/*.ts', 'apps/api/**/*.ts', 'libs/web/**/*.ts', 'apps/web/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: ['apps/web/**/*.ts', 'libs/web/**/*.ts'],
    ignores: ['**/*.{spec,suite}.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...['Literal[value=', 'TemplateElement[value.raw='].map((node) => ({
          selector: `${node}/^\\u002f(api|stream|health-check|v1)\\b/]`,
          message: 'The page may be served under a sub-path: without the slash the address is found from its base.',
        })),
      ],
    },
  },
  { files: ['apps/api/src/main.ts', 'apps/api/src/server.ts', 'apps/web-e2e/**/*.ts', 'bench/**'], rules: { 'no-console': 'off' } },
  {
    files: ['libs/api/{comparisons,evaluations,metrics,models,scoring}/src/**/*.spec.ts'],
    rules: { '@nx/enforce-module-boundaries': ['error', { enforceBuildableLibDependency: false, allow: [], depConstraints: specConstraints }] },
  },
  { files: ['**/*.{spec,suite}.ts', 'libs/testing/**/*.ts', 'apps/web-e2e/**/*.ts'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  {
    files: ['apps/web/**/*.ts', 'libs/web/**/*.ts'],
    extends: [...angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
  },
  { files: ['apps/web/**/*.html', 'libs/web/**/*.html'], extends: [...angular.configs.templateRecommended, ...angular.configs.templateAccessibility] },
);
