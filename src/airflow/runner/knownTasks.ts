/**
 * Behaviour and traits by the number of a task in the plan, found when first asked for: each try
 * asks several times, and the way through scenario, DAG, version and place is long.
 */
import type { TaskBehaviour } from '../behaviour/book.ts';
import type { PlantEnv } from './env.ts';
import type { TaskBook, TaskTraits } from './taskBook.ts';

export class KnownTasks {
  private readonly env: PlantEnv;
  private readonly tasks: TaskBook;
  private readonly traits: (TaskTraits | undefined)[] = [];
  /** Only of tasks whose instances no rule tells apart by run or index. */
  private readonly behaviours: (TaskBehaviour | undefined)[] = [];

  constructor(env: PlantEnv, tasks: TaskBook) {
    this.env = env;
    this.tasks = tasks;
  }

  behaviourOf(ti: number): TaskBehaviour {
    return this.behaviours[this.env.port.numberOf(ti)] ?? this.lookUp(ti);
  }

  traitsOf(ti: number): TaskTraits {
    const { port } = this.env;
    return (this.traits[port.numberOf(ti)] ??= this.tasks.of(port.dagOf(ti), port.taskOf(ti)));
  }

  private lookUp(ti: number): TaskBehaviour {
    const { port, book } = this.env;
    const dag = port.dagOf(ti);
    const task = port.taskOf(ti);
    if (!book.isPlain(dag, task)) return book.of(dag, task, port.runIdOf(ti), port.mapIndexOf(ti));
    const found = book.plain(dag, task);
    this.behaviours[port.numberOf(ti)] = found;
    return found;
  }
}
