import { z } from 'zod';
import type { PaperIndex } from '../../retrieval/paper-index.ts';
import {
  type ChannelSettings,
  DEFAULT_SETTINGS,
  type SettingsStore,
  settingsOf,
  WHOLE_WORKSPACE,
} from '../channel-settings.ts';
import type { ChannelPlace } from '../message.ts';
import type { CommandRequest, CommandResult, SettingsScope } from './command.ts';
import { describeSettings } from './describe-settings.ts';

export interface SettingsParts {
  readonly settings: SettingsStore;
  readonly index: Pick<PaperIndex, 'pages'>;
}

const [FIRST_YEAR, LAST_YEAR] = [1900, 2200];
const year = z.int().min(FIRST_YEAR).max(LAST_YEAR);

// A form on a platform filled it in: foreign data.
const Change = z.strictObject({
  answerMode: z.enum(['mentions', 'questions', 'everything']).exactOptional(),
  followUps: z.boolean().exactOptional(),
  isPrivate: z.boolean().exactOptional(),
  isMuted: z.boolean().exactOptional(),
  papers: z
    .strictObject({
      sources: z.array(z.string().max(200)).min(1).max(50).exactOptional(),
      fromYear: year.exactOptional(),
      toYear: year.exactOptional(),
    })
    .exactOptional(),
});

/** The settings in force, with what may be chosen. */
export async function showSettings(
  request: CommandRequest,
  scope: SettingsScope,
  { settings, index }: SettingsParts,
): Promise<CommandResult> {
  const place = scopePlace(request, scope);
  const inForce = await settingsOf(place, settings);
  return {
    kind: 'settings',
    scope,
    settings: inForce,
    lines: describeSettings(inForce),
    sources: await index.pages(),
    mayChange: request.isAdmin,
  };
}

/** Changes what is named. Whether the author may is asked here and now, not when a form was shown. */
export async function changeSettings(
  request: CommandRequest,
  { change, scope = 'channel' }: { readonly change: unknown; readonly scope?: SettingsScope },
  parts: SettingsParts,
): Promise<CommandResult> {
  if (!request.isAdmin) {
    return { kind: 'refused', text: 'Only people who manage this workspace can change settings.' };
  }
  const parsed = Change.safeParse(change);
  if (!parsed.success) return { kind: 'refused', text: reasonIn(parsed.error) };
  const problem = await problemWith(parsed.data, parts);
  if (problem !== undefined) return { kind: 'refused', text: problem };
  await parts.settings.change(scopePlace(request, scope), parsed.data);
  return showSettings(request, scope, parts);
}

function reasonIn({ issues }: z.ZodError): string {
  const names = issues.flatMap(({ path }) => path);
  return names.includes('fromYear') || names.includes('toYear')
    ? `Write a year as a number from ${FIRST_YEAR} to ${LAST_YEAR}.`
    : 'These settings are not in a form I know.';
}

async function problemWith(
  { papers }: Partial<ChannelSettings>,
  { index }: SettingsParts,
): Promise<string | undefined> {
  const { sources = [], fromYear, toYear } = papers ?? DEFAULT_SETTINGS.papers;
  if (fromYear !== undefined && toYear !== undefined && fromYear > toYear) {
    return `No paper is from ${fromYear} or later and from ${toYear} or earlier.`;
  }
  const pages = await index.pages();
  const unknown = sources.filter((source) => !pages.includes(source));
  return unknown.length === 0 ? undefined : `I hold no page named ${unknown.join(', ')}.`;
}

function scopePlace(request: CommandRequest, scope: SettingsScope): ChannelPlace {
  const { platform, workspaceId, channelId } = request;
  return {
    platform,
    workspaceId,
    channelId: scope === 'workspace' ? WHOLE_WORKSPACE : channelId,
  };
}
