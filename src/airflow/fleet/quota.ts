/**
 * ResourceQuota of the namespace of the worker pods: counts pods that have not ended, and their
 * requests. A pod too many is refused when it is created (403, "exceeded quota").
 */
import { scalars, type Saveable } from '../../kernel/index.ts';
import type { QuotaSpec } from '../scenario.ts';
import type { PodNeed } from './podNeeds.ts';

export class Quota {
  readonly state: Saveable;
  readonly used = { pods: 0, cpu: 0, memory: 0 };
  readonly limit: { readonly pods: number; readonly cpu: number; readonly memory: number };

  constructor({ pods, cpu_m, memory_mb }: QuotaSpec = {}) {
    this.limit = {
      pods: pods ?? Infinity,
      cpu: cpu_m ?? Infinity,
      memory: memory_mb ?? Infinity,
    };
    this.state = scalars(this.used);
  }

  /** What the pod would exceed; null: nothing. */
  exceeded(need: PodNeed): 'pods' | 'requests.cpu' | 'requests.memory' | null {
    const { used, limit } = this;
    if (used.pods + 1 > limit.pods) return 'pods';
    if (used.cpu + need.cpu > limit.cpu) return 'requests.cpu';
    return used.memory + need.memory > limit.memory ? 'requests.memory' : null;
  }

  take(need: PodNeed): void {
    this.used.pods += 1;
    this.used.cpu += need.cpu;
    this.used.memory += need.memory;
  }

  give(need: PodNeed): void {
    this.used.pods -= 1;
    this.used.cpu -= need.cpu;
    this.used.memory -= need.memory;
  }
}
