import type { Json } from './model.ts';
import { Refusal } from './model.ts';
import { type Call, check, type Route, type Site } from './site.ts';

const COMMAND_ROUTES_OF_SCOPE: Readonly<Record<string, Route>> = {
  GET: (call, { world }) => {
    const commands = world.commands.get(scopeOf(call)) ?? [];
    if (call.query.get('with_localizations') === 'true') return commands;
    return commands.map(
      ({ name_localizations: _, description_localizations: __, ...command }) => command,
    );
  },
  PUT: (call, site) => {
    check({ kind: 'commands', payload: call }, site);
    // A list that its schema let pass.
    const commands = (call.body as unknown as readonly Json[]).map((each) =>
      whole(each, call, site),
    );
    site.world.commands.set(scopeOf(call), commands);
    return commands;
  },
  POST: (call, site) => {
    check({ kind: 'command', payload: call }, site);
    const command = whole(call.body, call, site);
    site.world.commands.set(scopeOf(call), [...without(call, site, command.id), command]);
    return command;
  },
};

const COMMAND_ROUTES_OF_ONE: Readonly<Record<string, Route>> = {
  PATCH: (call, site) => {
    const { known } = one(call, site);
    const changed = { ...known, ...call.body, id: known.id };
    site.world.commands.set(scopeOf(call), [...without(call, site, known.id), changed]);
    return changed;
  },
  DELETE: (call, site) => {
    const { known } = one(call, site);
    site.world.commands.set(scopeOf(call), without(call, site, known.id));
  },
};

/** The commands of the app, everywhere or in one server. */
export const COMMAND_ROUTES: Readonly<Record<string, Route>> = Object.fromEntries(
  ['/applications/:app/commands', '/applications/:app/guilds/:guild/commands'].flatMap((path) => [
    ...Object.entries(COMMAND_ROUTES_OF_SCOPE).map(([method, route]) => [
      `${method} ${path}`,
      route,
    ]),
    ...Object.entries(COMMAND_ROUTES_OF_ONE).map(([method, route]) => [
      `${method} ${path}/:command`,
      route,
    ]),
  ]),
);

function scopeOf({ params }: Call): string {
  return params.guild ?? 'global';
}

/** As Discord gives a command back: with its defaults, and the id that its name had before. */
function whole(body: Json, call: Call, { world }: Site) {
  const known = world.commands.get(scopeOf(call)) ?? [];
  const type = body.type ?? 1;
  const before = known.find((each) => each.name === body.name && each.type === type);
  const defaults = {
    ...{ type, nsfw: false, default_member_permissions: null, description: '' },
    ...(call.params.guild === undefined && { contexts: null, integration_types: [0] }),
  };
  const ids = { id: before?.id ?? world.clock.newId(), application_id: world.appId };
  return { ...defaults, ...body, ...ids, version: world.clock.newId() };
}

function without(call: Call, { world }: Site, id: string) {
  return (world.commands.get(scopeOf(call)) ?? []).filter((each) => each.id !== id);
}

function one(call: Call, { world }: Site) {
  const known = world.commands.get(scopeOf(call))?.find(({ id }) => id === call.params.command);
  if (known === undefined) throw new Refusal(404, 10_063, 'Unknown application command');
  return { known };
}
