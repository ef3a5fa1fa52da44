export { formatsIn, marksIn, THOUGHT_FORMATS, type ThoughtFormat } from './formats';
export { openedByTemplateOf } from './opened-by-template';
export { openingOf } from './opening';
export { type Said, type SaidRole } from './stage';
export { ThoughtSplitter, type ThoughtSplitterOptions } from './thought-splitter';
