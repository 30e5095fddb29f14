import { problemsOfMarkup, problemsOfMessage, problemsOfView } from '../../slack/check-blocks.ts';
import type { Args } from './refused.ts';

const METADATA_LIMIT = 8_000;
/** As much of a call as a reader needs to find what is wrong. */
const SAMPLE = 4_000;

/** What is wrong with what a call sends; Slack itself would show some of it. */
export function problemsOfCall(method: string, args: Args): readonly string[] {
  const sample = () => JSON.stringify(args).slice(0, SAMPLE);
  return problemsIn(method, args).map((problem) => `${method}: ${problem} in ${sample()}`);
}

function problemsIn(method: string, args: Args): readonly string[] {
  switch (method) {
    case 'chat.postMessage':
    case 'chat.postEphemeral':
      return [...problemsOfPost(args), ...previews(args), ...metadataProblems(args)];
    case 'chat.update':
      return [...problemsOfPost(args), ...unlessNone(args), ...metadataProblems(args)];
    case 'chat.startStream':
    case 'chat.appendStream':
    case 'chat.stopStream':
      return problemsOfStream(args);
    case 'assistant.threads.setStatus':
      return problemsOfMarkup('status', String(args.status ?? ''));
    case 'views.open':
    case 'views.update':
    case 'views.publish':
      return problemsOfView(args.view as object);
    case 'respond':
      return 'blocks' in args ? problemsOfPost(args) : [];
    default:
      return [];
  }
}

function problemsOfPost({ text = '', blocks = [] }: Args): readonly string[] {
  const message = { text: String(text), blocks: blocks as [] };
  return problemsOfMessage(message);
}

function previews(args: Args): readonly string[] {
  const isOff = (name: string) => String(args[name]) === 'false';
  return [
    ...(isOff('unfurl_links') && isOff('unfurl_media') ? [] : ['it may show link previews']),
    ...unlessNone(args),
    ...(args.link_names === undefined ? [] : ['link_names makes names live']),
  ];
}

function unlessNone({ parse }: Args): readonly string[] {
  return parse === 'none' ? [] : ['Slack would parse its text'];
}

function metadataProblems({ metadata }: Args): readonly string[] {
  const length = JSON.stringify(metadata ?? {}).length;
  return length > METADATA_LIMIT ? [`metadata: ${length} is over ${METADATA_LIMIT}`] : [];
}

function problemsOfStream({ chunks = [], blocks = [], text }: Args): readonly string[] {
  const pieces = chunks as { readonly text?: string }[];
  const below = blocks as [];
  return [
    ...(text === undefined ? [] : ['a stream takes no text']),
    ...pieces.flatMap((each) => problemsOfMarkup('a chunk', each.text ?? '')),
    ...(below.length === 0 ? [] : problemsOfMessage({ text: 'An answer', blocks: below })),
  ];
}
