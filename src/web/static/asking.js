// Shows an answer while it is written. Everything is put in as text, never as markup.

const TOLD_APART = ['compare', 'claim'];
const STATUS = {
  'looking-again': 'Looking again, in other words…',
  writing: 'Writing; each sentence shows once its quote is found…',
};

/** Asks, and moves on to the answer's page; where that cannot be, the form is sent as it is. */
export async function ask(form, tell) {
  const { question, conversation } = Object.fromEntries(new FormData(form));
  const reply = await send({ question, conversation });
  // The page that the form leads to says what was wrong, and asks again by itself if it was busy.
  if (!reply.headers.get('content-type')?.startsWith('text/event-stream')) return form.submit();
  const turn = new Turn(question);
  try {
    for await (const { event, data } of eventsOf(reply)) {
      if (event === 'answer') return moveOn(`/c/${data.conversation}#${data.trace.answerId}`);
      if (event === 'error') throw new Told(data.message);
      if (event === 'status') tell(turn.status(data));
      if (event === 'sentence') turn.sentence(data);
    }
    throw new Told('The connection was lost before the answer was whole. Ask again.');
  } catch (error) {
    turn.close();
    throw error;
  }
}

/** An error whose message is for the person who asked. */
export class Told extends Error {}

/** Back to the page as it was. */
export function closeTurn() {
  document.querySelector('[data-turn]')?.remove();
  delete document.querySelector('main').dataset.answering;
}

async function send(body) {
  const headers = { 'Content-Type': 'application/json', Accept: 'text/event-stream' };
  try {
    return await fetch('/api/ask', { method: 'POST', headers, body: JSON.stringify(body) });
  } catch {
    throw new Told('The server could not be reached. Ask again in a moment.');
  }
}

async function* eventsOf(reply) {
  let text = '';
  try {
    for await (const piece of readAll(reply.body.pipeThrough(new TextDecoderStream()))) {
      const blocks = (text + piece).split('\n\n');
      text = blocks.pop();
      for (const block of blocks) {
        const [, event, data] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
        if (event !== undefined) yield { event, data: JSON.parse(data) };
      }
    }
  } catch {
    // The connection broke: the loop ends, as it does when the server ends early.
  }
}

// Safari has no `for await` over streams.
async function* readAll(stream) {
  const reader = stream.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
}

class Turn {
  #question;
  #isApart = false;
  #said;
  #sources;

  constructor(question) {
    this.#question = question;
  }

  status({ status, intent }) {
    this.#isApart = TOLD_APART.includes(intent);
    return STATUS[status];
  }

  sentence({ text, citations, sources }) {
    if (!this.#said) this.#open();
    if (this.#isApart || !this.#said.lastChild) this.#said.append(element('p', 'said'));
    const paragraph = this.#said.lastChild;
    const markers = element('sup');
    markers.append(...citations.map((n) => element('span', 'marker', `[${n}]`)));
    const piece = element('span', 'fresh', `${paragraph.lastChild ? ' ' : ''}${text}`);
    piece.append(markers);
    paragraph.append(piece);
    for (const source of sources) this.#source(source);
  }

  close() {
    closeTurn();
  }

  #open() {
    closeTurn();
    const turn = element('article', 'turn');
    turn.dataset.turn = '';
    this.#said = element('div');
    this.#said.setAttribute('aria-live', 'polite');
    this.#sources = element('ol', 'sources');
    turn.append(element('h2', 'question', this.#question), this.#said, this.#sources);
    const main = document.querySelector('main');
    main.dataset.answering = '';
    main.insertBefore(turn, main.querySelector(':scope > .follow-up, :scope > .ask'));
    turn.scrollIntoView({ block: 'start' });
  }

  #source({ n, title }) {
    if (this.#sources.children[n - 1]) return;
    const source = element('li', 'source');
    source.append(element('span', 'number', n), element('h3', 'title', title));
    this.#sources.append(source);
  }
}

function element(name, className = '', text = '') {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function moveOn(path) {
  const url = new URL(path, location.href);
  const isHere = url.pathname === location.pathname;
  // Another fragment of the same page would not load what is new in it.
  if (isHere) history.scrollRestoration = 'manual';
  location.assign(url);
  if (isHere) location.reload();
}
