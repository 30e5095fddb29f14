import { type SlackMessage, TEAM } from './local-slack.ts';
import type { DigestScene, Scene } from './slack-picture.ts';

type Node = Readonly<Record<string, unknown>>;

const STYLE = `
  * { box-sizing: border-box; margin: 0 }
  body { font: 15px/1.47 "DejaVu Sans", "Liberation Sans", Arial, sans-serif; color: #1d1c1d }
  main { width: 1200px; padding: 20px; display: grid; grid-template-columns: 610px 1fr; gap: 20px; background: #f4f2f5; align-items: start }
  section { background: #fff; border: 1px solid #d9d7da; border-radius: 10px; padding: 16px 18px }
  h2 { font-size: 16px; padding-bottom: 10px; border-bottom: 1px solid #e8e6e9; margin-bottom: 12px }
  article { display: grid; grid-template-columns: 40px 1fr; gap: 10px; margin-bottom: 14px }
  .face { width: 36px; height: 36px; border-radius: 8px; color: #fff; font-weight: bold; display: grid; place-items: center }
  .name { font-weight: bold } .app { font-size: 10px; background: #e8e6e9; border-radius: 3px; padding: 1px 4px; margin-left: 5px; vertical-align: 2px }
  a { color: #1264a3; text-decoration: none }
  p { margin: 2px 0 6px } .at { background: #e8f2fa; color: #1264a3; border-radius: 3px; padding: 0 2px }
  .folded { border: 1px solid #d9d7da; border-radius: 8px; padding: 8px 12px; margin: 6px 0; font-weight: bold }
  .open { font-weight: normal; margin-top: 6px; font-size: 13.5px }
  blockquote { border-left: 4px solid #ddd; padding-left: 10px; margin: 4px 0 8px; white-space: pre-wrap }
  button { font: bold 13px/1 inherit; font-family: inherit; border: 1px solid #bbb; background: #fff; border-radius: 8px; padding: 8px 11px; margin: 4px 7px 4px 0; color: #1d1c1d }
  .small { color: #616061; font-size: 12.5px } .vote { border: 0; padding: 4px 10px 4px 0; color: #616061; font-weight: normal }
  aside { font-size: 13px; line-height: 1.42 } footer { grid-column: 1 / 3; margin-top: -8px }
`;

/** The page of a scene; all that is foreign in it is escaped. */
export function pageOf({ channel, thread, modal }: Scene): string {
  return page({
    left: `<h2>Thread <span class="small"># ${escapeHtml(channel)}</span></h2>${thread.map(messageHtml).join('')}`,
    right: `<h2>Evidence</h2><aside>${modal.blocks.map(blockHtml).join('')}</aside>`,
    footer:
      'Drawn from the messages that npm run demo:slack recorded; the model in it is a stand-in.',
  });
}

/** The page of a digest: its headline in the channel, papers of its thread with its picture beside. */
export function digestPageOf({ channel, headline, items, png }: DigestScene): string {
  const source = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  const picture = `<img src="${source}" style="width:100%;border-radius:8px" alt="">`;
  return page({
    left: `<h2># ${escapeHtml(channel)}</h2>${messageHtml(headline)}`,
    right: `<h2>Thread</h2><aside>${picture}${items.map(messageHtml).join('')}</aside>`,
    footer: 'Drawn from the messages that npm run demo:digest recorded; its papers are made up.',
  });
}

interface Page {
  readonly left: string;
  readonly right: string;
  readonly footer: string;
}

function page({ left, right, footer }: Page): string {
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style><main>
    <section>${left}</section>
    <section>${right}</section>
    <footer class="small">${footer}</footer></main>`;
}

function messageHtml({ user, text, blocks }: SlackMessage): string {
  const isAda = user === TEAM.ada;
  const [name, color] = isAda ? ['ada', '#611f69'] : ['footnote', '#1f2937'];
  const face = `<div class="face" style="background:${color}">${name.charAt(0).toUpperCase()}</div>`;
  const who = `<span class="name">${name}</span>${isAda ? '' : '<span class="app">APP</span>'}`;
  const said = blocks === undefined ? `<p>${mentions(text)}</p>` : blocks.map(blockHtml).join('');
  return `<article>${face}<div>${who}${said}</div></article>`;
}

function blockHtml(block: Node): string {
  switch (block.type) {
    case 'markdown':
      return String(block.text)
        .split('\n')
        .map((line) => `<p>${markdownHtml(line)}</p>`)
        .join('');
    case 'container': {
      const open = nodesOf(block.child_blocks).map(blockHtml).join('');
      return `<div class="folded">▾ ${plainHtml(block.title)}<div class="open">${open}</div></div>`;
    }
    case 'rich_text':
      return nodesOf(block.elements).map(richHtml).join('');
    case 'actions':
      return nodesOf(block.elements)
        .map(({ text }) => `<button>${plainHtml(text)}</button>`)
        .join('');
    case 'header':
      return `<p class="name" style="font-size:18px">${plainHtml(block.text)}</p>`;
    case 'context_actions':
      return `<div>${nodesOf(block.elements).map(votesHtml).join('')}</div>`;
    case 'context':
      return `<p class="small">${nodesOf(block.elements).map(plainHtml).join(' ')}</p>`;
    default:
      return `<p>${plainHtml(block.text)}</p>`;
  }
}

function votesHtml({ positive_button, negative_button }: Node): string {
  const [up, down] = [positive_button, negative_button].map((each) =>
    plainHtml((each as Node).text),
  );
  return `<button class="vote">△ ${up}</button><button class="vote">▽ ${down}</button>`;
}

function richHtml({ type, elements }: Node): string {
  const runs = nodesOf(elements).map(runHtml).join('');
  return type === 'rich_text_quote' ? `<blockquote>${runs}</blockquote>` : `<p>${runs}</p>`;
}

function runHtml({ text, url, style }: Node): string {
  const words = escapeHtml(String(text));
  const shown = (style as Node | undefined)?.bold === true ? `<b>${words}</b>` : words;
  return url === undefined ? shown : `<a>${shown}</a>`;
}

/** Bold lines and linked markers: all the Markdown that the program writes. */
function markdownHtml(line: string): string {
  return escapeHtml(line)
    .replace(/&#38;(lt|gt);/g, '&$1;')
    .replace(/^\*\*(.+)\*\*$/, '<b>$1</b>')
    .replace(/\[\[(\d+)\]\([^)]*\)\]/g, '<a>[$1]</a>');
}

function mentions(text: string): string {
  return escapeHtml(text).replace(`&#60;@${TEAM.bot}&#62;`, '<span class="at">@footnote</span>');
}

function plainHtml(node: unknown): string {
  return escapeHtml(String((node as Node).text ?? ''));
}

function nodesOf(list: unknown): readonly Node[] {
  return (list ?? []) as readonly Node[];
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
