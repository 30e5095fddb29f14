// The pages work without this file; it saves keystrokes and says what is going on.
import { ask, closeTurn, Told } from './asking.js';

history.scrollRestoration = 'auto';
for (const hint of document.querySelectorAll('[data-hint]')) hint.hidden = false;
for (const form of document.querySelectorAll('form[data-ask]')) watchForm(form);
for (const marker of document.querySelectorAll('[data-marker]')) {
  marker.addEventListener('click', (event) => follow(event, marker));
}
for (const form of document.querySelectorAll('form[data-again]')) {
  setTimeout(() => form.requestSubmit(), 1000 * Number(form.dataset.again));
}
if (navigator.clipboard) {
  for (const button of document.querySelectorAll('[data-copy]')) offerCopy(button);
}
// A page brought back by the browser's Back button must be ready to ask again.
addEventListener('pageshow', (event) => {
  if (!event.persisted) return;
  setAsking(false);
  closeTurn();
});

function watchForm(form) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    setAsking(true, form.dataset.papers);
    ask(form, sayStatus).catch((error) => {
      setAsking(false);
      sayProblem(error);
    });
  });
  const box = form.querySelector('textarea');
  box?.addEventListener('keydown', (event) => {
    // While a word is being composed (Japanese, Chinese, …), Enter belongs to the composition.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!document.querySelector('form[data-ask] button:disabled')) form.requestSubmit();
  });
}

function setAsking(asking, papers) {
  for (const button of document.querySelectorAll('form[data-ask] button')) button.disabled = asking;
  if (asking) document.querySelector('.problem')?.remove();
  sayStatus(asking ? `Looking through ${papers} papers…` : '');
}

function sayStatus(text) {
  const status = document.querySelector('[data-status]');
  if (status && text !== undefined) status.textContent = text;
}

function sayProblem(error) {
  const problem = document.createElement('p');
  problem.className = 'problem';
  problem.setAttribute('role', 'alert');
  problem.textContent = error instanceof Told ? error.message : 'Something went wrong. Ask again.';
  document.querySelector('.ask-box')?.before(problem);
}

function follow(event, marker) {
  const target = document.getElementById(decodeURIComponent(marker.hash.slice(1)));
  if (!target || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, '', marker.hash);
  const abstract = target.closest('details');
  if (abstract) abstract.open = true;
  target.focus({ preventScroll: true });
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  target.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'center' });
}

function offerCopy(button) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const said = await copy(new URL(button.dataset.copy, location.href).href);
    button.textContent = said;
    setTimeout(() => {
      button.textContent = 'Copy link';
    }, 2500);
  });
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied';
  } catch {
    return 'Copying was not allowed';
  }
}
