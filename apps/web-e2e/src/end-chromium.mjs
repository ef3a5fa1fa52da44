// After the last browser test of a run.
export { endChromium as default } from './share-chromium.mjs';
