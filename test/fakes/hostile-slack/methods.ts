import type { Workspace } from './hostile-slack.ts';
import { type Args, Refused, text } from './refused.ts';

const TRIGGER_MS = 3_000;

/** Does what a method of the Web API does; what it returns stands beside `ok`. */
export function callMethod(method: string, args: Args, workspace: Workspace): object {
  const { channels, signs, team, url } = workspace;
  switch (method) {
    case 'auth.test':
      return { team_id: team.id, team: team.name, user_id: team.bot, bot_id: 'B1', url };
    case 'apps.connections.open':
      return { url: `${url.replace('http', 'ws')}socket` };
    case 'chat.postMessage':
      return standing(channels.post(args));
    case 'chat.update':
      return standing(channels.update(args));
    case 'chat.startStream':
      return standing(channels.startStream(args));
    case 'chat.appendStream':
      return standing(channels.appendStream(args));
    case 'chat.stopStream':
      return standing(channels.stopStream(args));
    case 'chat.postEphemeral':
      workspace.ephemerals.push(args);
      return { message_ts: `${Date.now() / 1_000}` };
    case 'conversations.replies':
      return { messages: channels.replies(args) };
    case 'conversations.open':
      return { channel: { id: `D${text(args, 'users')}` } };
    case 'users.info':
      return { user: { id: args.user, is_admin: args.user === team.admin } };
    case 'reactions.add':
    case 'reactions.remove':
      signs.react(method, args);
      return {};
    case 'assistant.threads.setStatus':
      signs.setStatus(args);
      return {};
    case 'assistant.threads.setSuggestedPrompts':
      return refuseThread(args);
    default:
      return callMore(method, args, workspace);
  }
}

function callMore(method: string, args: Args, workspace: Workspace): object {
  switch (method) {
    case 'views.open':
      spend(text(args, 'trigger_id'), workspace);
      return { view: workspace.show(args.view) };
    case 'views.update':
      return { view: workspace.show(args.view) };
    case 'views.publish':
      workspace.homes.set(text(args, 'user_id'), args.view);
      return { view: { id: 'VHOME' } };
    case 'files.getUploadURLExternal':
      return { upload_url: `${workspace.url}upload/1`, file_id: `F${workspace.files.length + 1}` };
    case 'files.completeUploadExternal':
      workspace.files.push(args);
      return { files: args.files };
    default:
      throw new Refused('unknown_method');
  }
}

function standing({ channel, ts }: { readonly channel: string; readonly ts: string }): object {
  return { channel, ts };
}

/** With a thread Slack takes the call and does nothing, which nobody would notice. */
function refuseThread(args: Args): object {
  if (args.thread_ts !== undefined) throw new Refused('invalid_arguments');
  return {};
}

/** A trigger is good for three seconds, and once. */
function spend(id: string, { triggers, now }: Workspace): void {
  const openedAt = triggers.get(id);
  if (openedAt === undefined) throw new Refused('invalid_trigger_id');
  if (openedAt === 'used') throw new Refused('exchanged_trigger_id');
  triggers.set(id, 'used');
  if (now() - openedAt > TRIGGER_MS) throw new Refused('expired_trigger_id');
}
