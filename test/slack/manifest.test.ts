import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SHORTCUTS, SLASH } from '../../src/slack/actions.ts';
import { redirectUrlOf } from '../../src/slack/http-oauth.ts';
import { PATHS } from '../../src/slack/http-receiver.ts';
import { EVENTS, OPTIONAL_SCOPES, SCOPES } from '../../src/slack/needs.ts';

const ROOT = join(import.meta.dirname, '../..');

const HOST = 'https://your-host.example';
const EVENTS_URL = `${HOST}${PATHS.events}`;

const text = (longest: number) => z.string().min(1).max(longest);

/** What an app has that Slack reaches over HTTP, and one in Socket Mode has not. */
const overHttp = <T extends z.ZodType>(isHttp: boolean, schema: T) =>
  isHttp ? schema : z.undefined().optional();

/** What Slack takes, as far as it is documented; placeholders and modes as they should be. */
const manifestSchema = (isHttp: boolean) =>
  z.strictObject({
    _metadata: z.strictObject({ major_version: z.literal(1), minor_version: z.literal(1) }),
    display_information: z.strictObject({
      name: text(35),
      description: text(140),
      long_description: z.string().min(175).max(4_000),
      background_color: z.string().regex(/^#[0-9a-f]{6}$/),
    }),
    features: z.strictObject({
      agent_view: z.strictObject({
        agent_description: text(300),
        suggested_prompts: z
          .array(z.strictObject({ title: text(75), message: text(4_000) }))
          .max(4),
      }),
      app_home: z.strictObject({
        home_tab_enabled: z.literal(true),
        messages_tab_enabled: z.literal(true),
        // Else people read "Sending messages to this app has been turned off".
        messages_tab_read_only_enabled: z.literal(false),
      }),
      bot_user: z.strictObject({
        display_name: z.string().regex(/^[a-z0-9._-]{1,80}$/),
        always_online: z.boolean(),
      }),
      slash_commands: z
        .array(
          z.strictObject({
            command: z
              .string()
              .max(32)
              .regex(/^\/[a-z]+$/),
            description: text(2_000),
            usage_hint: text(1_000),
            should_escape: z.literal(true),
            url: overHttp(isHttp, z.literal(EVENTS_URL)),
          }),
        )
        .max(50),
      shortcuts: z
        .array(
          z.strictObject({
            name: text(24),
            type: z.enum(['message', 'global']),
            callback_id: text(255),
            description: text(150),
          }),
        )
        .max(10),
    }),
    oauth_config: z.strictObject({
      redirect_urls: overHttp(isHttp, z.array(z.literal(redirectUrlOf(HOST))).length(1)),
      scopes: z.strictObject({
        bot: z.array(z.string()).max(255),
        bot_optional: z.array(z.string()).max(255),
      }),
    }),
    settings: z.strictObject({
      event_subscriptions: z.strictObject({
        request_url: overHttp(isHttp, z.literal(EVENTS_URL)),
        bot_events: z.array(z.string()).max(100),
      }),
      interactivity: z.strictObject({
        is_enabled: z.literal(true),
        request_url: overHttp(isHttp, z.literal(EVENTS_URL)),
      }),
      org_deploy_enabled: z.literal(true),
      socket_mode_enabled: z.literal(!isHttp),
      token_rotation_enabled: z.literal(isHttp),
    }),
  });

function readManifest(file: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, 'slack', file), 'utf8'));
}

const FILES = [
  ['manifest.json', false],
  ['manifest.http.json', true],
] as const;

describe.each(FILES)('%s', (file, isHttp) => {
  const { features, oauth_config, settings } = manifestSchema(isHttp).parse(readManifest(file));

  it('has the commands and shortcuts that the code answers', () => {
    const commands = features.slash_commands.map(({ command }) => command);
    expect(commands.toSorted()).toEqual(Object.values(SLASH).toSorted());
    expect(features.shortcuts.map(({ callback_id, type }) => [type, callback_id])).toEqual(
      Object.entries(SHORTCUTS),
    );
  });

  it('asks for the scopes that the code needs, and no more', () => {
    expect(oauth_config.scopes.bot).toEqual(Object.keys(SCOPES).toSorted());
    expect(oauth_config.scopes.bot_optional).toEqual(Object.keys(OPTIONAL_SCOPES));
  });

  it('subscribes to the events that the code listens to', () => {
    expect(settings.event_subscriptions.bot_events).toEqual([...EVENTS]);
    const source = readFileSync(join(ROOT, 'src/slack/slack-app.ts'), 'utf8');
    const heard = [...source.matchAll(/app\.event\('(\w+)'/g)].map(([, name]) => name);
    const told = new Set(EVENTS.map((name) => name.split('.')[0]));
    expect(heard.toSorted()).toEqual([...told].toSorted());
  });
});

it('both manifests say the same but for the way Slack takes', () => {
  const withoutWay = ([file]: (typeof FILES)[number]) =>
    JSON.stringify(readManifest(file), (name, value) =>
      /url|socket_mode|token_rotation/.test(name) ? undefined : value,
    );
  const [socket, http] = FILES.map(withoutWay);
  expect(http).toBe(socket);
});
