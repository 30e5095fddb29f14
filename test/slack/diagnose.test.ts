import { describe, expect, it } from 'vitest';
import { diagnoseSocket } from '../../src/slack/diagnose.ts';
import { SCOPES } from '../../src/slack/needs.ts';
import { type SlackApi, SlackApiError } from '../../src/slack/slack-api.ts';

function apiThat(answer: (method: string) => object): SlackApi {
  return {
    call: async (method) => answer(method),
    upload: () => Promise.reject(new Error('not set up')),
    respond: () => Promise.reject(new Error('not set up')),
  };
}

function failing(reason: string): SlackApi {
  return apiThat((method) => {
    throw new SlackApiError({ method, reason });
  });
}

const me = { team_id: 'T1', team: 'Lab', user_id: 'UBOT' };
const withScopes = (scopes: readonly string[]) =>
  apiThat(() => ({ ...me, response_metadata: { scopes } }));
const socket = apiThat(() => ({ url: 'wss://x' }));

describe('diagnoseSocket', () => {
  it('finds nothing wrong where nothing is', async () => {
    const api = withScopes([...Object.keys(SCOPES), 'mpim:history']);
    const findings = await diagnoseSocket({ api, appApi: socket });
    expect(findings.map(({ isGood }) => isGood)).toEqual([true, true, true]);
  });

  it('names each missing scope with what it is for', async () => {
    const api = withScopes(Object.keys(SCOPES).filter((scope) => scope !== 'im:history'));
    const wrong = (await diagnoseSocket({ api, appApi: socket })).filter(({ isGood }) => !isGood);
    expect(wrong).toHaveLength(1);
    expect(wrong[0]?.text).toContain('im:history is missing (to hear direct messages)');
  });

  it('finds tokens of two apps', async () => {
    const scopes = [...Object.keys(SCOPES), 'mpim:history'];
    const told = { ...me, bot_id: 'B1', bot: { app_id: 'A1B' }, response_metadata: { scopes } };
    const wrong = async (appToken: string) =>
      (await diagnoseSocket({ api: apiThat(() => told), appApi: socket, appToken }))
        .filter(({ isGood }) => !isGood)
        .map(({ text }) => text);
    expect(await wrong('xapp-1-A2C-123-secret')).toEqual([
      'SLACK_APP_TOKEN is of the app A2C and SLACK_BOT_TOKEN of A1B: take both from the same app.',
    ]);
    expect(await wrong('xapp-1-A1B-123-secret')).toEqual([]);
    expect(await wrong('xapp-secret')).toEqual([]);
  });

  it('tells a bad bot token, a bad app token and a Slack out of reach apart', async () => {
    const texts = async (api: SlackApi, appApi: SlackApi) =>
      (await diagnoseSocket({ api, appApi })).map(({ text }) => text).join('\n');
    expect(await texts(failing('invalid_auth'), socket)).toContain('SLACK_BOT_TOKEN');
    expect(await texts(failing('unreachable'), socket)).toContain('cannot be reached');
    expect(await texts(withScopes([]), failing('not_allowed_token_type'))).toContain(
      'opens no socket (not_allowed_token_type)',
    );
    const away = await texts(failing('unreachable'), failing('http_503'));
    expect(away).toContain('SLACK_APP_TOKEN could not be tried (http_503)');
    expect(away).not.toContain('connections:write');
  });
});
