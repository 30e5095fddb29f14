import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config.ts';

const SOCKET = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const HTTP = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'a-signing-secret-1' };
const KEYS = [`${'0a'.repeat(32)}`, `${'0b'.repeat(32)}`];
const MANY = {
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 'a-client-secret-12',
  SLACK_SIGNING_SECRET: 'a-signing-secret-1',
  SLACK_STATE_SECRET: 'a-state-secret-123',
  SLACK_ENCRYPTION_KEYS: KEYS.join(', ').toUpperCase(),
  SLACK_PUBLIC_URL: 'https://bot.lab.org/',
};

function problemsOf(variables: Record<string, string>): readonly string[] {
  try {
    parseConfig(variables);
    return [];
  } catch (error) {
    expect(error).toMatchObject({ name: 'FootnoteError', code: 'config' });
    return (error as { facts: { problems: string[] } }).facts.problems;
  }
}

describe('the settings of Slack', () => {
  it('are of Socket Mode with an app-level token', () => {
    const { slack } = parseConfig(SOCKET);
    expect(slack).toEqual({ kind: 'socket', botToken: 'xoxb-1', appToken: 'xapp-1' });
    const gov = { ...SOCKET, SLACK_API_URL: 'https://slack-gov.com/api/' };
    expect(parseConfig(gov).slack).toMatchObject({ apiUrl: 'https://slack-gov.com/api/' });
  });

  it('are of HTTP with a signing secret', () => {
    const http = { kind: 'http', botToken: 'xoxb-1', signingSecret: 'a-signing-secret-1' };
    expect(parseConfig(HTTP).slack).toEqual(http);
    const { slack } = parseConfig({ ...HTTP, SLACK_PUBLIC_URL: 'http://127.0.0.1:3000' });
    expect(slack).toEqual({ ...http, publicUrl: 'http://127.0.0.1:3000' });
  });

  it('are of many workspaces with a client ID', () => {
    expect(parseConfig(MANY).slack).toEqual({
      kind: 'oauth',
      clientId: '1.2',
      clientSecret: 'a-client-secret-12',
      signingSecret: 'a-signing-secret-1',
      stateSecret: 'a-state-secret-123',
      encryptionKeys: KEYS,
      publicUrl: 'https://bot.lab.org',
    });
  });

  it.each<[string, Record<string, string>, readonly RegExp[]]>([
    ['a bot token alone', { SLACK_BOT_TOKEN: 'xoxb-1' }, [/APP_TOKEN is needed.*SIGNING_SECRET/]],
    ['an app token alone', { SLACK_APP_TOKEN: 'xapp-1' }, [/BOT_TOKEN is needed beside SLACK_APP/]],
    [
      'a signing secret alone',
      { SLACK_SIGNING_SECRET: MANY.SLACK_SIGNING_SECRET },
      [/BOT_TOKEN is needed .* one workspace, or SLACK_CLIENT_ID for many/],
    ],
    ['both ways to hear', { ...SOCKET, ...HTTP }, [/APP_TOKEN is for Socket Mode.*leave one/]],
    ['one and many', { ...MANY, ...HTTP }, [/BOT_TOKEN is for one workspace.*leave one/]],
    [
      'one by socket and many',
      { ...SOCKET, SLACK_CLIENT_ID: '1.2' },
      [/BOT_TOKEN is for one/, /APP_TOKEN is for one/],
    ],
    [
      'a client ID alone',
      { SLACK_CLIENT_ID: '1.2' },
      ['CLIENT_SECRET', 'STATE_SECRET', 'ENCRYPTION_KEYS', 'SIGNING_SECRET', 'PUBLIC_URL'].map(
        (name) => new RegExp(`SLACK_${name} is needed beside SLACK_CLIENT_ID`),
      ),
    ],
  ])('tell what cannot work: %s', (_name, variables, expected) => {
    const problems = problemsOf(variables);
    expect(problems).toHaveLength(expected.length);
    for (const [i, pattern] of expected.entries()) expect(problems[i]).toMatch(pattern);
  });

  it.each([
    ['SLACK_BOT_TOKEN', 'xapp-secret', 'must begin with xoxb-'],
    ['SLACK_BOT_TOKEN', 'xoxe.xoxb-secret', 'turn token rotation off'],
    ['SLACK_APP_TOKEN', 'xoxb-secret', 'must begin with xapp-'],
    ['SLACK_SIGNING_SECRET', 'secret', 'at least 16 characters'],
    ['SLACK_CLIENT_SECRET', 'secret', 'at least 16 characters'],
    ['SLACK_STATE_SECRET', 'secret', 'at least 16 characters'],
    ['SLACK_CLIENT_ID', 'secret?', 'the client ID of the app'],
    ['SLACK_ENCRYPTION_KEYS', 'secret', 'openssl rand -hex 32'],
    ['SLACK_ENCRYPTION_KEYS', `${KEYS[0]},`, 'openssl rand -hex 32'],
    ['SLACK_PUBLIC_URL', 'http://secret.org', 'must be https://'],
    ['SLACK_PUBLIC_URL', 'https://secret.org/bot', 'without a path'],
    ['SLACK_PUBLIC_URL', 'https://u:secret@bot.org', 'must be https://'],
    ['SLACK_PUBLIC_URL', 'bot.secret.org', 'must be https://'],
    ['SLACK_API_URL', 'ftp://secret.org/api/', 'must be an https:// address'],
    ['SLACK_API_URL', 'secret.org/api', 'must be an https:// address'],
  ])('tell what %s must be, and do not repeat it', (name, value, hint) => {
    const message = problemsOf({ ...MANY, [name]: value }).join('; ');
    expect(message).toContain(name);
    expect(message).toContain(hint);
    expect(message).not.toContain(value);
  });

  it('tell of all that is wrong at once', () => {
    const problems = problemsOf({ SLACK_CLIENT_ID: '?', SLACK_STATE_SECRET: 'short', PORT: 'x' });
    for (const name of ['CLIENT_ID', 'STATE_SECRET', 'PORT', 'ENCRYPTION_KEYS']) {
      expect(problems.join('; ')).toContain(name);
    }
  });
});
