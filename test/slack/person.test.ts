import { describe, expect, it } from 'vitest';
import { isAdmin, nameOf } from '../../src/slack/person.ts';
import { FakeSlackApi } from './fake-slack-api.ts';

const person = { userId: 'U1', teamId: 'T1' };

function slackWhere(profile: object): FakeSlackApi {
  const api = new FakeSlackApi();
  api.profile = profile;
  return api;
}

describe('who may change settings', () => {
  it.each([
    { is_admin: true },
    { is_owner: true },
    { is_admin: true, team_id: 'T1' },
    { is_admin: true, team_id: 'T9', enterprise_user: { teams: ['T1', 'T9'] } },
  ])('is an admin or owner of this workspace: %j', async (profile) => {
    expect(await isAdmin(person, slackWhere(profile))).toBe(true);
  });

  it.each([
    {},
    { is_admin: false },
    { is_admin: true, team_id: 'T9' },
    { is_admin: true, is_stranger: true },
    { is_admin: true, is_restricted: true },
    { is_admin: true, team_id: 'T9', enterprise_user: { teams: ['T9'] } },
  ])('is nobody else: %j', async (profile) => {
    expect(await isAdmin(person, slackWhere(profile))).toBe(false);
  });

  it('is nobody while Slack does not say', async () => {
    const api = slackWhere({ is_admin: true }).faultNext('users.info', 'http_500');
    expect(await isAdmin(person, api)).toBe(false);
  });
});

describe('what a person is called', () => {
  it.each([
    [{ profile: { display_name: 'ada' }, real_name: 'Ada L', name: 'al' }, 'ada'],
    [{ profile: { display_name: ' \u200b' }, real_name: 'Ada L' }, 'Ada L'],
    [{ name: 'al' }, 'al'],
    [{}, undefined],
  ])('is the first name that can be read: %j', async (profile, name) => {
    expect(await nameOf('U1', slackWhere(profile))).toBe(name);
  });
});
