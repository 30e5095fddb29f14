import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config.ts';

describe('the settings of Discord', () => {
  const DISCORD_TOKEN = 'aaa.bbb.ccc-_9';

  it('are taken where the token is given', () => {
    expect(parseConfig({ DISCORD_TOKEN }).discord).toEqual({
      token: DISCORD_TOKEN,
      messageContent: false,
    });
    const all = {
      DISCORD_TOKEN,
      DISCORD_MESSAGE_CONTENT: 'on',
      DISCORD_GUILD_ID: '123456789012345678',
      DISCORD_API_URL: 'http://127.0.0.1:1/api',
    };
    expect(parseConfig(all).discord).toEqual({
      token: DISCORD_TOKEN,
      messageContent: true,
      guildId: '123456789012345678',
      apiUrl: 'http://127.0.0.1:1/api',
    });
  });

  it('are wrong in words that repeat no token', () => {
    const wrong = {
      DISCORD_TOKEN: 'client-secret',
      DISCORD_MESSAGE_CONTENT: 'yes',
      DISCORD_GUILD_ID: 'my server',
      DISCORD_API_URL: 'x',
    };
    const message = messageFor(wrong);
    expect(message).toContain('DISCORD_TOKEN must be the bot token');
    expect(message).toContain('DISCORD_MESSAGE_CONTENT must be on or off');
    expect(message).toContain('DISCORD_GUILD_ID must be the id of a server');
    expect(message).toContain('DISCORD_API_URL must be a URL');
    expect(message).not.toContain('client-secret');
    expect(messageFor({ DISCORD_API_URL: 'ftp://127.0.0.1/api' })).toContain('http or https');
  });
});

function messageFor(variables: Record<string, string>): string {
  try {
    parseConfig(variables);
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  throw new Error('these settings are right');
}
