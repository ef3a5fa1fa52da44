import { type Divergence, type FileChecksum, type OfBoth, PAIR_SIDES, type Score, type ScoringMethod } from '@tandem/shared/contracts';
import { nameIdentity, sayMegabytes } from '@tandem/web/model-status';
import { ALTERNATIVES } from '../scoring/scoring-task';
import { type SideInView, type SidesInView } from './answer-to-score';

export interface MeasuringFact {
  readonly name: string;
  readonly words: readonly string[];
}

const METHODS: Readonly<Record<ScoringMethod, string>> = {
  prefill: 'read on this server in one pass (prefill), without flash attention',
  echo: 'its server tells the text again with its log-probabilities (echo)',
  prompt_logprobs: 'its server tells the log-probabilities of what it reads (prompt_logprobs)',
  teacher_forcing: 'its server is asked once a token (teacher forcing)',
};

const SHOWN_HASH = 12;

/** The checksums of local models' files, by the model; absent while they are not known. */
export type KnownChecksums = ReadonlyMap<string, readonly FileChecksum[]>;

/** How the figures of a turn were had: enough to have them again. */
export function measuringFacts(divergences: readonly Divergence[], sides: SidesInView, checksums: KnownChecksums = new Map()): readonly MeasuringFact[] {
  const [first] = divergences;
  if (!first) return [];
  const ofBoth = (say: (side: SideInView, score: Score) => string): readonly string[] =>
    PAIR_SIDES.map((side) => `${sides[side].name}: ${say(sides[side], first.scores[side])}`);
  return [
    { name: 'Method', words: ofBoth((_, { method, exact }) => `${METHODS[method]}${exact ? '' : ', rounded'}`) },
    { name: 'Weights', words: ofBoth((side, score) => sayWeights(side, score, checksums.get(score.model))) },
    { name: 'Tokens', words: [sayTokens(divergences)] },
    { name: 'Vocabulary', words: sayVocabularies(first.scores, sides) },
    {
      name: 'Prompt',
      words: [
        'The conversation before each answer, with the system prompt, as each model’s own chat template puts it, the beginning token (BOS) with it where its tokenizer has one. Control words in a text are read as text.',
      ],
    },
    {
      name: 'Figures',
      words: [
        'Before temperature, top-p and top-k. Bits per byte: −Σ log₂ p / bytes. Perplexity: exp(−Σ ln p / tokens). KL(baseline‖derivative): the mean over all tokens of Σ P ln(P / Q), in nats.',
        ...(first.kl?.kind === 'lower_bound'
          ? [`KL is a lower bound: of each token the ${ALTERNATIVES} likeliest are known, and the rest is taken as one.`]
          : []),
        'Formulas, sources and limits: docs/measures.md.',
      ],
    },
  ];
}

function sayWeights({ option }: SideInView, { model }: Score, checksums: readonly FileChecksum[] = []): string {
  if (!option) return model;
  const { card, checkpoint, report } = option;
  if (checkpoint) {
    const sums = checksums.map(({ file, sha256 }) => (checksums.length > 1 ? `SHA-256 of ${file} ${sha256}` : `SHA-256 ${sha256}`));
    return [checkpoint.path, checkpoint.quantization, sayMegabytes(checkpoint.size_mb), `changed ${checkpoint.modified} UTC`, ...sums]
      .filter(Boolean)
      .join(' · ');
  }
  const identity = report?.identity;
  if (!identity) return `${card.endpoint}, which does not say what it serves`;
  return [nameIdentity(identity), identity.server, identity.version, card.endpoint].filter(Boolean).join(' · ');
}

function sayTokens(divergences: readonly Divergence[]): string {
  const counts = divergences.map(({ scores }) => scores.baseline.summary.tokens);
  const bytes = divergences.map(({ scores }) => scores.baseline.summary.bytes);
  return `${counts.map((count) => count.toLocaleString('en')).join(' and ')} of the answers scored, ${bytes.map((count) => count.toLocaleString('en')).join(' and ')} bytes`;
}

function sayVocabularies({ baseline, derivative }: OfBoth<Score>, sides: SidesInView): readonly string[] {
  if (baseline.vocabulary !== null && baseline.vocabulary === derivative.vocabulary) return [`the same, SHA-256 ${baseline.vocabulary.slice(0, SHOWN_HASH)}…`];
  return [`${sides.baseline.name}: ${sayVocabulary(baseline)}`, `${sides.derivative.name}: ${sayVocabulary(derivative)}`];
}

function sayVocabulary({ vocabulary }: Score): string {
  return vocabulary === null ? 'its server does not tell it' : `SHA-256 ${vocabulary.slice(0, SHOWN_HASH)}…`;
}
