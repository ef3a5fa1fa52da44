import type { Checkpoint, HealthReport, ModelCard } from '@tandem/shared/contracts';
import { describeModel, nameServed, sayMegabytes, sayPrice, saySource } from '@tandem/web/model-status';

/** One line of a model's card. */
export interface ModelFact {
  readonly name: string;
  readonly text: string;
  /** Whether it is written as it is typed elsewhere: an id, an address, a path. */
  readonly isCode?: boolean;
}

/** All that is known of a model beside how it is and whom it belongs to, in a fixed order; nothing of what is not known. */
export function factsOf(card: ModelCard, checkpoint: Checkpoint | undefined, report: HealthReport | undefined): readonly ModelFact[] {
  const facts: ModelFact[] = [
    { name: 'Provider', text: card.provider ?? '' },
    { name: 'Kind', text: [card.type, card.place === 'local' ? describeModel(card, checkpoint) : ''].filter(Boolean).join(' · ') },
    { name: 'Context', text: sayContext(card, report) },
    { name: 'Price', text: sayPrice(card.price) },
    { name: 'Served', text: nameServed(card, report?.identity) },
    { name: 'Endpoint', text: card.endpoint, isCode: true },
    { name: 'Id', text: card.id, isCode: true },
    ...(checkpoint ? factsOfFile(checkpoint) : []),
    { name: 'From', text: saySource(card.source) },
  ];
  return facts.filter(({ text }) => text !== '');
}

function sayContext({ context_length: configured, place }: ModelCard, report: HealthReport | undefined): string {
  const running = place === 'remote' ? (report?.identity?.context_length ?? null) : null;
  const count = running ?? configured;
  if (count === null) return '';
  const isOther = running !== null && configured !== null && running !== configured;
  return `${tokens(count)}${isOther ? `; the configuration says ${tokens(configured)}` : ''}`;
}

function factsOfFile({ path, size_mb, modified, chat_template: hasTemplate, memory_estimate_mb: memory }: Checkpoint): readonly ModelFact[] {
  return [
    { name: 'File', text: path, isCode: true },
    { name: 'Size', text: sayMegabytes(size_mb) },
    { name: 'Changed', text: `${modified} UTC` },
    { name: 'Memory', text: memory === null ? '' : `about ${sayMegabytes(memory)} when it is loaded` },
    { name: 'Chat template', text: hasTemplate === null ? '' : hasTemplate ? 'in the file' : 'none in the file' },
  ];
}

function tokens(count: number): string {
  return `${count.toLocaleString('en')} tokens`;
}
