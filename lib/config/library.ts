// What a config can import from 'cdk8s-liqo': the loader hands exactly this to configs, and lib/index.ts exports it.
export {
  antiAffinity,
  apiServerSupport,
  directConnections,
  reflect,
  remoteAccessModes,
  remoteRuntimeClass,
  remoteStorageClass,
  sameNodePorts,
} from './annotations';
export { defineCluster, defineNamespace, definePolicies } from './define';
export { place } from './place';
