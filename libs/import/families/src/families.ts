import type { Family } from './model';
import { fromScratch } from './models/from-scratch';
import { hfDeepseek } from './models/hf-deepseek';
import { hfLlama } from './models/hf-llama';
import { litGpt } from './models/litgpt';
import { metaLlama } from './models/meta-llama';
import { miniDeepseek } from './models/mini-deepseek';
import { nanoGpt } from './models/nanogpt';

/** Every kind of model that Tandem converts. Their names tell them apart: the order does not matter. */
export const FAMILIES: readonly Family[] = [miniDeepseek, nanoGpt, hfLlama, metaLlama, hfDeepseek, fromScratch, litGpt];
