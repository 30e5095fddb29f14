/** One for each workspace, made when it is first asked for. */
export function byTeam<T>(make: () => T): (teamId: string) => T {
  const made = new Map<string, T>();
  return (teamId) => {
    const known = made.get(teamId) ?? make();
    made.set(teamId, known);
    return known;
  };
}
