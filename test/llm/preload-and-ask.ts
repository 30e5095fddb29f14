import { registerHooks } from 'node:module';
import { preloadChatModel } from '../../src/llm/open-chat-model.ts';
import { ASKED, hear, openChat } from './open-chat.ts';

// A process of its own, in which nothing is loaded yet: prints which packages were loaded before and
// which with the first request to the server at the given URL.
const [baseUrl = ''] = process.argv.slice(2);
let packages = new Set<string>();
registerHooks({
  load(url, context, next) {
    const [, name] = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url) ?? [];
    if (name !== undefined) packages.add(name);
    return next(url, context);
  },
});
const take = () => {
  const taken = [...packages];
  packages = new Set();
  return taken;
};
await preloadChatModel({
  model: 'openai:tiny',
  apiKey: 'k',
  baseUrl,
  timeoutMs: 2_000,
  concurrency: 1,
  secondLook: true,
  verify: 'rules',
});
const before = take();
const { text } = await hear(openChat({ baseUrl }), ASKED);
process.stdout.write(JSON.stringify({ before, text, after: take() }));
