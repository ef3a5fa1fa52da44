import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import presets from 'jest-preset-angular/presets/index.js';

const { compilerOptions } = JSON.parse(readFileSync(new URL('./tsconfig.base.json', import.meta.url), 'utf8'));
const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));
const { createEsmPreset } = presets;

/** The workspace's path aliases, for jest's resolver. */
export const aliases = Object.fromEntries(Object.entries(compilerOptions.paths).map(([alias, [file]]) => [`^${alias}$`, `<rootDir>/${file.slice(2)}`]));

const swc = [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      target: 'es2023',
    },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  },
];

const nodeProject = (displayName, testMatch) => ({
  displayName,
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  globals: { TANDEM_VERSION: version },
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': swc },
  moduleNameMapper: aliases,
  testMatch,
  setupFiles: ['reflect-metadata'],
});

const webProject = {
  ...createEsmPreset({ tsconfig: '<rootDir>/tsconfig.web-spec.json' }),
  displayName: 'web',
  rootDir: import.meta.dirname,
  moduleNameMapper: { ...aliases, tslib: 'tslib/tslib.es6.js' },
  testMatch: ['<rootDir>/{apps/web,libs/web}/**/*.spec.ts'],
  setupFilesAfterEnv: ['<rootDir>/apps/web/src/test-setup.ts'],
};

export default {
  // Guards against what hangs, and is over later than what tests wait for themselves. How fast something is, bench/ says.
  testTimeout: 120_000,
  // A third worker on two cores made tests miss their deadlines: servers, engines and browsers need their share.
  maxWorkers: availableParallelism(),
  // Modules that a test file loaded are never quite let go of.
  workerIdleMemoryLimit: '1GB',
  // Only `npm test` counts results: what is run beside it must not be counted with them.
  reporters: ['default', ...(process.env.KEEP_RESULTS === undefined ? [] : ['<rootDir>/tools/keep-results.mjs'])],
  testSequencer: '<rootDir>/tools/servers-first.mjs',
  projects: [
    nodeProject('server', [
      '<rootDir>/libs/{shared,import,api,testing}/**/*.spec.ts',
      '<rootDir>/apps/{api,engine,converter}/**/*.spec.ts',
      '<rootDir>/tools/**/*.spec.ts',
    ]),
    webProject,
    {
      ...nodeProject('browser', ['<rootDir>/apps/web-e2e/**/*.spec.ts']),
      globalSetup: '<rootDir>/apps/web-e2e/src/share-run.mjs',
      globalTeardown: '<rootDir>/apps/web-e2e/src/end-run.mjs',
    },
  ],
};
