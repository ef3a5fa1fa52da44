/** Asks a person for image files; nothing comes where none is chosen. */
export function chooseImages(take: (files: readonly File[]) => void): void {
  const box = document.createElement('input');
  box.type = 'file';
  box.multiple = true;
  box.accept = 'image/png,image/jpeg,image/webp,image/gif';
  box.addEventListener('change', () => take([...(box.files ?? [])]));
  box.click();
}
