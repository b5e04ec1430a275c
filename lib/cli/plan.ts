// cdk8s-liqo plan: what a merge would do. Writes nothing but reports.
import { PLAN_FORMATS, type PlanFormatName } from '../report/formats';
import { reportOn, type CheckOptions } from './check';
import type { ExitStatus, Io } from './console';

export const plan = (options: CheckOptions<PlanFormatName>, io: Io): ExitStatus =>
  reportOn(options, PLAN_FORMATS, io, true);
