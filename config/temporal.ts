import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { TemporalSettings } from './settings';

const HERE = 'localhost:7233';

/** How to reach a given Temporal: its address, with TLS and key as TEMPORAL_* and, when the user points at one, a profile of temporal.toml say. */
export function temporalConnection({ address, namespace, configFile, profile }: TemporalSettings, env: NodeJS.ProcessEnv = process.env) {
  const { connectionOptions, namespace: named } = loadClientConnectConfig({
    overrideEnvVars: env as Record<string, string>,
    disableFile: configFile === null && profile === null,
    ...(profile === null ? {} : { profile }),
    ...(configFile === null ? {} : { configSource: { path: configFile } }),
  });
  return {
    connectionOptions: { ...connectionOptions, address: address ?? connectionOptions.address ?? HERE },
    namespace: named ?? namespace,
  };
}
