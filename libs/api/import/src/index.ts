export type { ConversionWatcher } from './conversion-watcher';
export { Conversions } from './conversions';
export type { ConvertedFile } from './converted-folder';
export { type ConversionId, type Convertible, sourceOf } from './convertible';
export { IMPORT_OPTIONS, type ImportOptions } from './import-options';
export { ImportModule } from './import.module';
