/** The parts of the application, as commands and start-up see them. */
import type { GalleryControl } from './galleryControl.ts';
import type { LessonControl } from './lessonControl.ts';
import type { MetricsControl } from './metricsControl.ts';
import type { Observer } from './observer.ts';
import type { Persistence } from './persistence.ts';
import type { PlaybackControl } from './playback.ts';
import type { AppPorts } from './ports.ts';
import type { Session } from './session.ts';
import type { ModelStore } from './store.ts';
import type { WorkspaceControl } from './workspaceControl.ts';

export interface Parts {
  readonly gallery: GalleryControl;
  readonly metrics: MetricsControl;
  readonly ports: AppPorts;
  readonly store: ModelStore;
  readonly playback: PlaybackControl;
  readonly session: Session;
  readonly observer: Observer;
  readonly workspace: WorkspaceControl;
  readonly persistence: Persistence;
  readonly lessons: LessonControl;
}
