import { sayTakesImages } from './image-words';

describe('sayTakesImages', () => {
  it.each([
    [{ title: 'Seer', images: true }, /^$/],
    [{ title: 'Reader', images: false }, /^Reader takes no images: choose another model/],
    [{ title: 'Far', images: null }, /^Whether Far takes images is not known/],
    [{ title: 'Old' }, /^Whether Old takes images is not known/],
    [undefined, /^$/],
  ])('of %j', (model, words) => expect(sayTakesImages(model)).toMatch(words));
});
