export { type HistoryEntry, type HistoryNames } from './entry';
export { fold } from './fold';
export { type DayGroup, groupByDay } from './group-by-day';
export { type ExportForm, HistorySidebar, type Naming } from './history-sidebar';
export { type Keeping, sayKept } from './keeping';
export { KeepingNote } from './keeping-note';
export { TransferBar } from './transfer-bar';
export { UnreadableFile } from './unreadable-file';
