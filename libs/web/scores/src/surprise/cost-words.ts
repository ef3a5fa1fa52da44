import { type SideInView } from './answer-to-score';

/** Why texts are not scored before a person says so: what it costs at the models' servers; empty where it costs nothing but a moment. */
export function sayCost(sides: readonly SideInView[]): string {
  return sides
    .flatMap(({ name, option }) => {
      if (!option || option.card.place === 'local') return [];
      const { scoring, price } = option.card;
      if (scoring === 'none') return [];
      const asked = scoring === 'teacher_forcing' ? [`${name}’s server is asked once for every token of both answers, which takes a while`] : [];
      const paid = price ? [`${name}’s server may bill the tokens that it reads`] : [];
      return [...asked, ...paid].map((words) => `${words}.`);
    })
    .join(' ');
}
