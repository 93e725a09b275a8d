/** The registry: one line a feature. Its exported name is its key in a configuration. */
export { apm } from "./apm";
export { dogstatsd } from "./dogstatsd";
export { logs } from "./logs";
export { processCollection } from "./process-collection";
export { networkPerformanceMonitoring } from "./network-performance-monitoring";
export { fipsProxy } from "./fips-proxy";
