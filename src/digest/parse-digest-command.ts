import type { DigestCommand } from './digest-commands.ts';

const NUMBERED = /^(pause|resume|remove|delete|stop)\s+(?:#|no\.? ?)?(\d{1,3})$/i;
const CHANGE = /^(?:change|edit)\s+(?:#|no\.? ?)?(\d{1,3})[\s:,]+(\S[\s\S]*)$/i;
const PREVIEW =
  /^preview(?:\s+(?:#|no\.? ?)?(\d{1,3}))?(?:\s+(?:for |on |of )?(\d{4}-\d{2}-\d{2}))?$/i;
const WATCH = /^watch(?:\s+(?:this\s+)?question)?[\s:]+(\S[\s\S]*)$/i;
const UNMUTE = /^unmute\s+["“]?(\S[\s\S]*?)["”]?$/i;
const KINDS: Readonly<Record<string, 'pause' | 'resume' | 'remove'>> = {
  pause: 'pause',
  resume: 'resume',
  remove: 'remove',
  delete: 'remove',
  stop: 'remove',
};

/** The command that the words after "digest" spell; what is no other is a wish in a sentence. */
export function parseDigestCommand(words: string): DigestCommand {
  const text = words.trim();
  if (text === '' || /^help$/i.test(text)) return { kind: 'help' };
  if (/^list$/i.test(text)) return { kind: 'list' };
  const [, verb = '', numbered = ''] = NUMBERED.exec(text) ?? [];
  const kind = KINDS[verb.toLowerCase()];
  if (kind !== undefined) return { kind, number: Number(numbered) };
  const [, changed, sentence] = CHANGE.exec(text) ?? [];
  if (changed !== undefined && sentence !== undefined) {
    return { kind: 'change', number: Number(changed), sentence };
  }
  const preview = PREVIEW.exec(text);
  if (preview !== null) {
    const [, number = '1', day] = preview;
    return { kind: 'preview', number: Number(number), ...(day !== undefined && { day }) };
  }
  const [, question] = WATCH.exec(text) ?? [];
  if (question !== undefined) return { kind: 'watch', question };
  const [, topic] = UNMUTE.exec(text) ?? [];
  if (topic !== undefined) return { kind: 'unmute', topic };
  return { kind: 'create', sentence: text.replace(/^(?:create|add|new)\s+/i, '') };
}
