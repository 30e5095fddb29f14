/** What the bot may do in a workspace, and why it needs to. The manifest asks for the same. */
export const SCOPES: Readonly<Record<string, string>> = {
  'app_mentions:read': 'to hear its mentions',
  'assistant:write': 'to offer questions in its direct messages',
  'channels:history': 'to hear follow-ups in threads of public channels',
  'chat:write': 'to answer',
  commands: 'for /ask, /papers and the shortcuts',
  'files:write': 'to send BibTeX files and the pictures of digests',
  'groups:history': 'to hear follow-ups in threads of private channels',
  'im:history': 'to hear direct messages',
  'im:write': 'to send files and answers in direct messages',
  'reactions:read': 'to count thumbs on the papers of digests',
  'reactions:write': 'to mark a question as seen',
  'users:read': 'to know who may change settings and digests',
};

/** Without these it still works, but not everywhere. */
export const OPTIONAL_SCOPES: Readonly<Record<string, string>> = {
  'mpim:history': 'to hear messages of groups',
};

/** What Slack is to tell; each kind of `message.*` comes as `message`. */
export const EVENTS = [
  'agent_session_stopped',
  'app_context_changed',
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'member_joined_channel',
  'message.channels',
  'message.groups',
  'message.im',
  'message.mpim',
  'reaction_added',
  'reaction_removed',
  'tokens_revoked',
] as const;
