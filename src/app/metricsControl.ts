/** What the lanes cost and where their time went: asked for while somebody looks, after each run. */
import type { ExportQuery } from '../host/protocol.ts';
import type { AppPorts } from './ports.ts';
import type { Session } from './session.ts';
import type { ModelStore } from './store.ts';

export class MetricsControl {
  private readonly ports: AppPorts;
  private readonly store: ModelStore;
  private readonly session: Session;
  private wanted = false;

  constructor(ports: AppPorts, store: ModelStore, session: Session) {
    this.ports = ports;
    this.store = store;
    this.session = session;
  }

  watch(on: boolean): void {
    this.wanted = on;
    if (on) void this.ask();
    else this.store.set({ metrics: null });
  }

  /** A run is computed. */
  async ask(): Promise<void> {
    if (!this.wanted || this.session.computing) return;
    const { run, settings, simulation } = this.session;
    const metrics = await simulation.metrics(run, settings.prices).catch(() => null);
    if (metrics && run === this.session.run && this.wanted) this.store.set({ metrics });
  }

  async save(form: ExportQuery['form']): Promise<void> {
    const { run, settings, simulation } = this.session;
    const names = Object.fromEntries(
      this.store
        .get()
        .lanes.map(({ id, label, executor, airflow }) => [
          id,
          label ?? `${executor}@${airflow} ${id}`,
        ]),
    );
    const { prices } = settings;
    const text = await simulation.exportMetrics({ run, prices, form, names });
    this.ports.browser.save(`windtunnel-metrics.${form}`, text);
  }
}
