/** Archives of arXiv's groups other than physics: each is a group of its own. */
const OWN_GROUPS = ['cs', 'econ', 'eess', 'math', 'q-bio', 'q-fin', 'stat'];
const PHYSICS = [
  'astro-ph',
  'cond-mat',
  'gr-qc',
  'hep-ex',
  'hep-lat',
  'hep-ph',
  'hep-th',
  'math-ph',
  'nlin',
  'nucl-ex',
  'nucl-th',
  'physics',
  'quant-ph',
];

/**
 * The OAI-PMH set of a category or archive (`cs.LG` is `cs:cs:LG`, `hep-th` `physics:hep-th`);
 * undefined for what arXiv does not have.
 */
export function oaiSetOf(category: string): string | undefined {
  const [archive = '', subject, ...more] = category.split('.');
  if (more.length > 0 || (subject !== undefined && !/^[A-Za-z]{2,}(?:-[a-z]+)?$/.test(subject)))
    return undefined;
  const tail = subject === undefined ? '' : `:${subject}`;
  if (PHYSICS.includes(archive)) return `physics:${archive}${tail}`;
  if (!OWN_GROUPS.includes(archive)) return undefined;
  return subject === undefined ? archive : `${archive}:${archive}${tail}`;
}
