/** What is to be known of a model before it is shown images; nothing where it takes them. */
export function sayTakesImages(model: { readonly title: string; readonly images?: boolean | null } | undefined): string {
  if (!model || model.images === true) return '';
  if (model.images === false) return `${model.title} takes no images: choose another model, or take them out.`;
  return `Whether ${model.title} takes images is not known: its server may refuse them.`;
}
