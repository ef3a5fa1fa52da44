import { count, flag, listOf, number, oneOf, orNull, record, type SchemaObject, share, text } from '@tandem/api/openapi';
import { SERIES_KINDS } from '@tandem/shared/contracts';
import { OTHER_VOCABULARIES } from '@tandem/shared/measures';
import { KL, sides } from './score-schemas';

const SCALE: SchemaObject = { type: 'number', minimum: 0, example: 0.5, description: 'How much of its adapter is put over its weights' };
const PLACED = { model: text('tandem-tiny-chat'), adapter_scale: orNull(SCALE, 'Null of a model without an adapter') };
const BASELINE = record('PlacedModel', PLACED);

const POINT = record('SeriesPoint', {
  ...PLACED,
  kl: orNull(KL, 'Over all tokens of all texts; null where no text could be compared token by token'),
  kl_standard_error: orNull(number(0.04, 'Of the mean, each text taken as one cluster'), 'Null of fewer than two texts'),
  same_top: orNull(share(0.73, 'The share of tokens at which both find the same one likeliest')),
  rms_delta_p: orNull(share(0.31, "Root mean square of how far the probabilities of the texts' tokens differ")),
  bits_per_byte: sides('SeriesBitsPerByte', orNull(number(1.01)), 'Over the bytes that count for both'),
  comparable: flag(true, 'Whether every text could be compared token by token'),
  why_not: orNull(text(OTHER_VOCABULARIES)),
});

export const SERIES = record('DivergenceSeries', { baseline: BASELINE, texts: count(1), points: listOf(POINT, 'In the order that was asked for') });

const PLACE = record('SeriesPlace', {
  ...PLACED,
  step: orNull({ type: 'integer', minimum: 0, example: 1000 }, 'Of the training; null on the axis of an adapter'),
  asked_as: orNull(text('tandem-tiny-chat', 'Id of the model that answers so'), 'Null where none is configured so'),
});

const KNOWN = record('KnownSeries', {
  name: text('run/step-*.gguf', 'The model with the adapter, or what the names of the checkpoints have in common'),
  kind: oneOf(SERIES_KINDS, '`adapter`: less and more of one; `checkpoints`: what a training left step after step'),
  baseline: BASELINE,
  places: listOf(PLACE, 'In the order of the axis'),
  adapter: orNull(
    record('SeriesAdapter', { endpoint: text('local:base.gguf'), file: text('lora.gguf') }),
    'What a model at another scale would be configured with; null of checkpoints',
  ),
});

export const SERIES_LIST = record('SeriesList', { status: { type: 'string', enum: ['success'] }, series: listOf(KNOWN) });
