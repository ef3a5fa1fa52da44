import type { ModelSource, Price } from '@tandem/shared/contracts';

const LONGEST_FRACTION = 6;

const SOURCES: Readonly<Record<ModelSource, string>> = {
  env: 'the environment of the server (BASELINE_MODELS, TWODELTA_MODELS)',
  s3: 'the configuration in S3',
  file: 'the configuration file',
  default: 'it comes with Tandem, and no model is configured',
  checkpoint: 'found in the checkpoints folder',
};

/** "$0.50 in, $1.50 out per 1M tokens"; empty where it is not known. */
export function sayPrice(price: Price | null | undefined): string {
  if (!price) return '';
  return `${sayAmount(price.input, price.currency)} in, ${sayAmount(price.output, price.currency)} out per ${price.unit}`;
}

/** Where a model's entry comes from. */
export function saySource(source: ModelSource): string {
  return SOURCES[source];
}

/** "$0.50"; an amount in what is no currency by the standard's list is followed by its name. */
export function sayAmount(amount: number, currency: string, digits: Intl.NumberFormatOptions = { maximumFractionDigits: LONGEST_FRACTION }): string {
  try {
    return amount.toLocaleString('en', { style: 'currency', currency, ...digits });
  } catch {
    return `${amount.toLocaleString('en', digits)} ${currency}`;
  }
}
