// What is kept and carried, without what shows it: a page begins with this alone.
export { readParameters, readReason, readTimings, readUsage } from './answer-fields';
export { checkSize, FILE_LIMITS, type Fields, fieldsOf, nameOr, numberOr, parseFile, sayCount, textAt, timeAt, tooMuch, wrong } from './file-fields';
export { fold } from './fold';
export { type DayGroup, groupByDay } from './group-by-day';
export { type Keeping, sayKept } from './keeping';
export { UnreadableFile } from './unreadable-file';
