/** Slots of each queue in one process: what the machine and the service's terms allow. */
export const SLOTS: Readonly<Record<string, number>> = {
  light: 8,
  cpu: 2,
  openalex: 4,
  pubmed: 3,
};

export const QUEUES = Object.keys(SLOTS);

/** A task queue holds work for one database and one build only: code that differs never runs another's tasks. */
export function taskQueue(queue: string, databaseId: string, build: string): string {
  return `${queue}.${databaseId}.${build}`;
}
