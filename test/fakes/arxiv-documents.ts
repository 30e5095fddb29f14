import type { ArxivFakePaper } from './arxiv-server.ts';

const DAY = '2026-11-19';

/** A feed of the query API around these entries. */
export function atomFeed(entries: readonly string[], total: number): string {
  return `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/x</id>
  <title>arXiv Query</title>
  <updated>2026-11-26T00:00:00Z</updated>
  <link href="https://arxiv.org/api/query?x=1&amp;y=2" type="application/atom+xml"/>
  <opensearch:itemsPerPage>10</opensearch:itemsPerPage>
  <opensearch:totalResults>${total}</opensearch:totalResults>
  <opensearch:startIndex>0</opensearch:startIndex>
  ${entries.join('\n')}
</feed>`;
}

export function atomEntry(paper: ArxivFakePaper): string {
  const { id, title, version = 1, submitted = DAY, categories = 'cs.LG cs.AI', comments } = paper;
  const [primary = 'cs.LG'] = categories.split(' ');
  return `<entry>
    <id>http://arxiv.org/abs/${id}v${version}</id>
    <title>${escapeXml(title)}</title>
    <updated>${submitted}T10:00:00Z</updated>
    <link href="https://arxiv.org/abs/${id}v${version}" rel="alternate" type="text/html"/>
    <summary>${escapeXml(wrapped(paper.abstract))}</summary>
    ${categories
      .split(' ')
      .map((term) => `<category term="${term}" scheme="http://arxiv.org/schemas/atom"/>`)
      .join('')}
    <published>${submitted}T10:00:00Z</published>
    ${comments === undefined ? '' : `<arxiv:comment>${escapeXml(comments)}</arxiv:comment>`}
    <arxiv:primary_category term="${primary}"/>
    ${namesOf(paper)
      .map((name) => `<author><name>${escapeXml(name)}</name></author>`)
      .join('')}
  </entry>`;
}

export function oaiDocument(inner: string, responseDate: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<responseDate>${responseDate}</responseDate>
<request verb="ListRecords">http://oaipmh.arxiv.org/oai</request>
${inner}
</OAI-PMH>`;
}

export function oaiRecord(paper: ArxivFakePaper): string {
  const { id, datestamp = '2026-11-20', isDeleted = false } = paper;
  const header = `<header${isDeleted ? ' status="deleted"' : ''}><identifier>oai:arXiv.org:${id}</identifier><datestamp>${datestamp}</datestamp><setSpec>cs:cs:LG</setSpec></header>`;
  if (isDeleted) return `<record>${header}</record>`;
  const { title, version = 1, submitted = DAY, categories = 'cs.LG cs.AI', comments } = paper;
  const versions = Array.from(
    { length: version },
    (_, at) =>
      `<version version="v${at + 1}"><date>${rfc822(submitted, at)}</date><size>1kb</size></version>`,
  );
  return `<record>${header}<metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/">
    <id>${id}</id><submitter>secret@example.org</submitter>${versions.join('')}
    <title>${escapeXml(title)}</title><authors>${escapeXml(paper.authors ?? 'Ada Lovelace (1), Alan Turing and Grace Hopper ((1) Analytical)')}</authors>
    <categories>${categories}</categories>
    ${comments === undefined ? '' : `<comments>${escapeXml(comments)}</comments>`}
    <license>http://creativecommons.org/licenses/by/4.0/</license>
    <abstract>${escapeXml(`  ${wrapped(paper.abstract)}\n`)}</abstract>
  </arXivRaw></metadata></record>`;
}

export function rssFeed(papers: readonly ArxivFakePaper[]): string {
  return `<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" version="2.0">
  <channel>
    <title>cs.LG updates on arXiv.org</title>
    <link>http://rss.arxiv.org/rss/cs.LG</link>
    <pubDate>Thu, 26 Nov 2026 00:00:00 -0500</pubDate>
    <skipDays><day>Sunday</day><day>Saturday</day></skipDays>
    ${papers.map(rssItem).join('\n')}
  </channel>
</rss>`;
}

function rssItem(paper: ArxivFakePaper): string {
  const { id, version = 1, title, abstract, announced = 'new', categories = 'cs.LG cs.AI' } = paper;
  return `<item>
    <title>${escapeXml(title)}</title>
    <link>https://arxiv.org/abs/${id}</link>
    <description>${escapeXml(`arXiv:${id}v${version} Announce Type: ${announced} \nAbstract: ${abstract}`)}</description>
    <guid isPermaLink="false">oai:arXiv.org:${id}v${version}</guid>
    ${categories
      .split(' ')
      .map((term) => `<category>${term}</category>`)
      .join('')}
    <pubDate>Thu, 26 Nov 2026 00:00:00 -0500</pubDate>
    <arxiv:announce_type>${announced}</arxiv:announce_type>
    <dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>
    <dc:creator>${escapeXml(namesOf(paper).join(', '))}</dc:creator>
  </item>`;
}

function namesOf({ authors }: ArxivFakePaper): readonly string[] {
  return authors?.split(', ') ?? ['Ada Lovelace', 'Alan Turing', 'Grace Hopper'];
}

/** arXiv breaks lines at 80 columns. */
function wrapped(text: string): string {
  return text.replace(/(.{40,70}) /g, '$1\n');
}

function rfc822(day: string, weeksLater: number): string {
  const at = new Date(Date.parse(`${day}T10:00:00Z`) + weeksLater * 7 * 86_400_000);
  return at.toUTCString();
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
