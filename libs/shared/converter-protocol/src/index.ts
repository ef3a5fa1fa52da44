export type { ConvertibleFacts, ConversionAnswer, ConversionJob, ConversionProgress, ConversionRefusal, ConverterMessage, ConvertedType } from './messages';
