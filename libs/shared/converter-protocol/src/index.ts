export { converterArguments } from './converter-arguments';
export type { ConvertibleFacts, ConversionAnswer, ConversionJob, ConversionProgress, ConversionRefusal, ConverterMessage, ConvertedType } from './messages';
