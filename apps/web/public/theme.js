// Runs before the first paint, so that a chosen theme never flashes. The page's theme switch takes over from here.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem('tandem.theme');
  } catch {
    // storage is blocked: the system's theme it is
  }
  const isDark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
})();
