/**
 * Splitting and joining of URLs the way Python 3.11's urllib.parse does it, because Airflow's
 * asset URIs pass through it. A URL that Python refuses gives null.
 */

export interface SplitUrl {
  scheme: string;
  /** user:password@host:port */
  netloc: string;
  path: string;
  query: string;
  fragment: string;
}

/** Schemes that get `//` even when there is no host. */
const WITH_NETLOC = new Set(
  (
    'ftp http gopher nntp telnet imap wais file mms https shttp snews prospero rtsp rtsps rtspu ' +
    'rsync svn svn+ssh sftp nfs git git+ssh ws wss'
  ).split(' '),
);

export function splitUrl(text: string): SplitUrl | null {
  const start = [...text].findIndex((letter) => letter > ' ');
  let rest = (start < 0 ? '' : [...text].slice(start).join('')).replace(/[\t\r\n]/g, '');
  const named = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(rest);
  const scheme = named?.[1]?.toLowerCase() ?? '';
  if (named) rest = rest.slice(named[0].length);
  const netloc = rest.startsWith('//') ? (/^[^/?#]*/.exec(rest.slice(2))?.[0] ?? '') : '';
  if (rest.startsWith('//')) rest = rest.slice(2 + netloc.length);
  if (!isNetloc(netloc)) return null;
  const [beforeHash, fragment] = cut(rest, '#');
  const [path, query] = cut(beforeHash, '?');
  return { scheme, netloc, path, query, fragment };
}

export function joinUrl(url: SplitUrl): string {
  const { scheme, netloc, query, fragment } = url;
  let text = url.path;
  if (netloc !== '' || (WITH_NETLOC.has(scheme) && !text.startsWith('//'))) {
    if (text !== '' && !text.startsWith('/')) text = `/${text}`;
    text = `//${netloc}${text}`;
  }
  if (scheme !== '') text = `${scheme}:${text}`;
  if (query !== '') text += `?${query}`;
  return fragment === '' ? text : `${text}#${fragment}`;
}

/** Text before and after the last `@`, and whether there is one. */
export function splitUser(netloc: string): { user: string; host: string; hasUser: boolean } {
  const at = netloc.lastIndexOf('@');
  return { user: netloc.slice(0, Math.max(at, 0)), host: netloc.slice(at + 1), hasUser: at >= 0 };
}

/** Port as text ('' = none), or null when Python refuses to read it as one. */
export function portOf(netloc: string): string | null {
  const { host } = splitUser(netloc);
  const bracket = host.indexOf('[');
  const after = bracket < 0 ? host : cut(host.slice(bracket + 1), ']')[1];
  const port = cut(after, ':')[1];
  if (port === '') return '';
  return /^\d+$/.test(port) && Number(port) <= 65_535 ? port : null;
}

/** Query arguments sorted and written anew; those without a value are dropped. */
export function sortedQuery(query: string): string {
  const pairs = query.split('&').flatMap((part): [string, string][] => {
    const [name, value] = cut(part, '=');
    return value === '' ? [] : [[unquote(name), unquote(value)]];
  });
  pairs.sort((a, b) => compareCodePoints(a[0], b[0]) || compareCodePoints(a[1], b[1]));
  return pairs.map(([name, value]) => `${quote(name)}=${quote(value)}`).join('&');
}

function cut(text: string, mark: string): [before: string, after: string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}

function isNetloc(netloc: string): boolean {
  if (netloc.includes('[') !== netloc.includes(']')) return false;
  if (netloc.includes('[') && !isBracketed(cut(cut(netloc, '[')[1], ']')[0])) return false;
  const letters = netloc.replace(/[@:#?]/g, '');
  const folded = letters.normalize('NFKC');
  return letters === folded || !/[/?#@:]/.test(folded);
}

function isBracketed(host: string): boolean {
  if (host.startsWith('v')) return /^v[0-9a-fA-F]+\..+$/.test(host);
  return isIpv6(host);
}

function isIpv6(host: string): boolean {
  const [address, zone] = cut(host, '%');
  if (host.includes('%') && (zone === '' || zone.includes('%'))) return false;
  const halves = address.split('::');
  if (halves.length > 2) return false;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const all = groups.flat();
  const tail = all.at(-1) ?? '';
  const isV4 = tail.includes('.');
  if (isV4 && !isIpv4(tail)) return false;
  const plain = isV4 ? all.slice(0, -1) : all;
  const count = all.length + (isV4 ? 1 : 0);
  if (!plain.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  return halves.length === 2 ? count <= 7 : count === 8;
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((p) => /^(0|[1-9]\d{0,2})$/.test(p) && Number(p) < 256);
}

function unquote(text: string): string {
  const spaced = text.replace(/\+/g, ' ');
  return spaced.replace(/(%[0-9a-fA-F]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run.replace(/%[89a-fA-F][0-9a-fA-F]/g, '\ufffd').replace(/%../g, decodeURIComponent);
    }
  });
}

function quote(text: string): string {
  const odd = (letter: string): string =>
    `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  return encodeURIComponent(text)
    .replace(/%20/g, '+')
    .replace(/[!*'()]/g, odd);
}

function compareCodePoints(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
