/** Rules that provider packages install for the URIs of their scheme, as data. */
import { portOf, type SplitUrl } from './urlText.ts';

interface SchemeRule {
  /** Port that is written when the URI has none. */
  readonly port?: number;
  /** Parts of the path with the empty one before the first slash. */
  readonly parts?: number;
  /** Scheme under which it is stored. */
  readonly scheme?: string;
  /** Position and text of a path part that may be left empty. */
  readonly fill?: readonly [position: number, text: string];
  /** No rule but the general one. */
  readonly open?: boolean;
}

const RULES: Readonly<Record<string, SchemeRule>> = {
  file: { open: true },
  gcp: { open: true },
  s3: {},
  gs: {},
  bigquery: { parts: 3 },
  databricks: { parts: 4 },
  ftp: { port: 21 },
  sftp: { port: 22 },
  mysql: { port: 3306, parts: 3, scheme: 'mysql' },
  mariadb: { port: 3306, parts: 3, scheme: 'mysql' },
  postgres: { port: 5432, parts: 4, scheme: 'postgres', fill: [2, 'default'] },
  postgresql: { port: 5432, parts: 4, scheme: 'postgres', fill: [2, 'default'] },
  redshift: { port: 5439, parts: 4 },
  trino: { port: 8080, parts: 4 },
};

/** The URI as the rule of its scheme wants it, or null when it breaks the rule. */
export function applySchemeRule(url: SplitUrl): SplitUrl | null {
  const rule = RULES[url.scheme];
  if (!rule || rule.open) return url;
  if (url.netloc === '') return null;
  const netloc = rule.port === undefined ? url.netloc : withPort(url.netloc, rule.port);
  const parts = url.path.split('/');
  if (netloc === null || (rule.parts !== undefined && parts.length !== rule.parts)) return null;
  if (rule.fill && parts[rule.fill[0]] === '') parts[rule.fill[0]] = rule.fill[1];
  return { ...url, netloc, path: parts.join('/'), scheme: rule.scheme ?? url.scheme };
}

function withPort(netloc: string, port: number): string | null {
  const written = portOf(netloc);
  if (written === null) return null;
  return written === '' ? `${netloc.replace(/:+$/, '')}:${port}` : netloc;
}
