import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { etag } from 'hono/etag';

const FOLDER = new URL('./static/', import.meta.url);
const TYPES = {
  'app.css': 'text/css; charset=utf-8',
  'app.js': 'text/javascript; charset=utf-8',
  'asking.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const;

/** The static files, under fixed names only, so that no path ever reaches the disk. */
export function createAssets(): Hono {
  const assets = new Hono();
  assets.use(etag());
  for (const [name, type] of Object.entries(TYPES)) {
    const text = readFileSync(new URL(name, FOLDER), 'utf8');
    // `no-cache` asks again each time, so that a page never meets last version's styles.
    const headers = { 'Content-Type': type, 'Cache-Control': 'no-cache' };
    assets.get(`/${name}`, (c) => c.body(text, 200, headers));
  }
  return assets;
}
