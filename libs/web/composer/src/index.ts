export { Composer } from './composer/composer';
export { ComposerAction } from './composer/composer-action';
export { DraftStorage } from './composer/draft';
export { isSending, type SendsOn } from './composer/sends-on';
export { isForThePage, isTyping } from './keys/page-keys';
export { summarise } from './parameters/parameter-fields';
export { ParametersDialog } from './parameters/parameters-dialog';
export { Start } from './start/start';
export { TELLING_PROMPTS } from './start/telling-prompts';
