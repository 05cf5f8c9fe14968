/** Copies a link to what is on the page, and takes over what a link brings. */
import type { AppPorts } from './ports.ts';
import { isLink, MOST_LINK, readLink, writeLink } from './link.ts';
import { notify } from './notices.ts';
import type { Parts } from './parts.ts';
import { FILES_SOURCE } from './workspaceControl.ts';

export async function copyLink({ session, store, playback, ports }: Parts): Promise<boolean> {
  const { settings } = session;
  const { files } = store.get().workspace;
  const t = playback.now();
  const link = await writeLink({
    settings,
    files: settings.source === FILES_SOURCE ? files : [],
    t,
  });
  if (link === null) {
    notify(store, { level: 'caution', code: 'link_too_long', params: { limit: MOST_LINK } });
    return false;
  }
  return ports.browser.copy(`${ports.browser.address.split('#')[0]}${link}`);
}

/** True when the page was opened by a link. Its files are read in the cage like any others. */
export async function openLink(parts: Parts): Promise<boolean> {
  const { session, workspace, store, ports, playback, gallery } = parts;
  const hash = hashOf(ports);
  if (!isLink(hash)) return false;
  ports.browser.forgetLink();
  const shared = await readLink(hash);
  if (!shared) {
    notify(store, { level: 'caution', code: 'link_broken', params: { length: hash.length } });
    return false;
  }
  const { settings, files, t } = shared;
  if (files.length > 0) await workspace.open(files, true);
  await gallery.adopt(settings);
  await session.whenDone(session.run);
  playback.seek(t);
  return true;
}

function hashOf({ browser }: AppPorts): string {
  const at = browser.address.indexOf('#');
  return at < 0 ? '' : browser.address.slice(at);
}
