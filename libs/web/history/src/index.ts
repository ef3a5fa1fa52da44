export { type HistoryEntry, type HistoryNames } from './entry';
export { HistoryDrawer } from './history-drawer';
export { HistoryPlace, type PutAway } from './history-place';
export { type ExportForm, HistorySidebar, type Naming } from './history-sidebar';
export { KeepingNote } from './keeping-note';
export { TransferBar } from './transfer-bar';
