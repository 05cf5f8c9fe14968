/** Single keys. They rest while a field, an editor or a dialog has the focus, or when switched off. */
import { useEffect, useEffectEvent } from 'react';
import { useModel } from '../useApp.ts';

const BUSY = 'input, textarea, select, [contenteditable=true], dialog, [popover], .ed-body';

/**
 * Runs `action` on a key such as `?`, `Space`, `Shift+,`. Keys with Ctrl, Alt or Meta are never
 * taken here, nor a key from an element that has its own use for it (Space on a button).
 */
export function useShortcut(key: string, action: () => void): void {
  const on = useModel((model) => model.prefs.shortcuts);
  const act = useEffectEvent(action);
  useEffect(() => {
    if (!on) return undefined;
    const pressed = (event: KeyboardEvent): void => {
      if (!matches(event, key) || taken(event, key)) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [on, key]);
}

/** Ctrl or Command with Z and Y (or Shift and Z), where no field has its own use for them. */
export function useEditKeys(undo: () => void, redo: () => void): void {
  const act = useEffectEvent((event: KeyboardEvent) => {
    const key = event.key.toLowerCase();
    const target = event.target instanceof Element ? event.target : null;
    if (!(event.ctrlKey || event.metaKey) || event.altKey || target?.closest(FIELDS)) return;
    const again = key === 'y' || (key === 'z' && event.shiftKey);
    if (key !== 'z' && key !== 'y') return;
    event.preventDefault();
    if (again) redo();
    else undo();
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => act(event);
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
}

const FIELDS = 'input, textarea, select, [contenteditable=true], .ed-body';

function matches(event: KeyboardEvent, key: string): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return false;
  const wanted = key.replace('Shift+', '');
  if (key.startsWith('Shift+')) return event.shiftKey && event.code === codeOf(wanted);
  if (wanted === 'Space') return event.key === ' ';
  return event.key.toLowerCase() === wanted.toLowerCase();
}

/** With Shift the character differs by keyboard, the place of the key does not. */
function codeOf(key: string): string {
  return key === ',' ? 'Comma' : key === '.' ? 'Period' : key;
}

function taken(event: KeyboardEvent, key: string): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(BUSY)) return true;
  if (key === 'Space') return Boolean(target?.closest('button, a, [role=slider], [role=tab]'));
  if (key !== 'Home' && key !== 'End') return false;
  if (target?.closest('[role=slider], [role=tab]')) return true;
  const pane = target?.closest('.scroll');
  return Boolean(pane && pane.scrollHeight > pane.clientHeight);
}
