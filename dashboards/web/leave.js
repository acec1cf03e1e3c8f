// Who signs out leaves no draft behind in a browser that others use; a session that ends by itself keeps them.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-leaves]")) return;
  try {
    const own = `tundish-entry ${form.dataset.leaves} `;
    const drafts = Object.keys(localStorage).filter((name) => name.startsWith(own));
    if (drafts.length && !confirm(form.dataset.asks)) event.preventDefault();
    else for (const name of drafts) localStorage.removeItem(name);
  } catch {
    // a browser that keeps nothing
  }
});
