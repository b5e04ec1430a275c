// The app that `cdk8s synth` starts. Configs go in, reviewed YAML comes out: config/ is loaded and compiled in memory,
// judged against what is deployed, and published to dist/ only if nothing in it is refused by Liqo or destroys a remote
// namespace. What cdk8s itself is given is a copy in its staging folder.
import { synth } from 'cdk8s-liqo';

process.exit(synth());
