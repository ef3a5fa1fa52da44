// After the last browser test of a run.
export { endRun as default } from './share-run.mjs';
