// Every kind of case, in the order of docs/conformance.md.
import type { Kind } from './kind';
import { liqoctl } from './liqoctl';
import { match } from './match';
import { name } from './name';
import { offloading } from './offloading';
import { parse } from './parse';
import { pod } from './pod';
import { read } from './read';
import { write } from './write';

export const KINDS: readonly Kind[] = [parse, liqoctl, name, match, offloading, pod, read, write];
