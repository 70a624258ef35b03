// Runs before anything is painted, so that nobody in the dark sees a white flash.
(() => {
  const root = document.documentElement;
  const saved = () => { try { return localStorage.getItem('loadcast.theme'); } catch { return null; } };
  root.dataset.theme = ['light', 'dark'].includes(saved()) ? saved() : 'auto';
})();
