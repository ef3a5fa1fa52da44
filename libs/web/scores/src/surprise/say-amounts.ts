import { type KlSummary } from '@tandem/shared/contracts';

/** "41 %", "1.3 %", "0.03 %"; of what is rarer than one in a million, that it is. */
export function sayShare(share: number): string {
  const percent = share * 100;
  if (percent < 1e-4) return percent === 0 ? '0 %' : '< 0.0001 %';
  if (percent >= 10) return `${Math.round(percent)} %`;
  return `${percent.toLocaleString('en', { maximumSignificantDigits: 2 })} %`;
}

export function sayBits(bits: number): string {
  return `${bits.toFixed(1)} bits`;
}

/** In nats, "≥ 1.140": what is no more than a lower bound is called one. */
export function sayKl(nats: number, kind: KlSummary['kind']): string {
  return `${kind === 'lower_bound' ? '≥ ' : ''}${nats.toFixed(nats < 0.1 ? 4 : 3)}`;
}

/** Of white space a sign that can be seen. */
export function sayToken(text: string): string {
  return text.replaceAll('\r', '␍').replaceAll('\n', '↵').replaceAll('\t', '⇥').replaceAll(' ', '␣');
}
