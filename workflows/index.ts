export { rebuild } from './rebuild';
export { runStep } from './run-step';
