export { ComparisonsModule } from './comparisons.module';
export { parametersText } from './export/facts-of';
export { escapeHtml } from './export/html-text';
export { COMPARISON_SCHEMA } from './kept/comparison-schema';
export { KeptVotes } from './votes/kept-votes';
