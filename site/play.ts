import { part } from './page';

/** Pace of the years. Slower where the reader asked for reduced motion. */
function pause(): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 1600 : 700;
}

/** The play button: moves the slider year by year, from the start when it stands at the end, and stops there. */
export function addPlay(form: HTMLFormElement): void {
  const button = part('[data-play]', HTMLButtonElement, form);
  const slider = part('[data-year]', HTMLInputElement, form);
  let timer: number | undefined;
  const show = (playing: boolean) => {
    button.setAttribute('aria-pressed', String(playing));
    button.setAttribute('aria-label', playing ? 'Pause' : 'Play through the years');
    part('span', HTMLElement, button).textContent = playing ? '❚❚' : '▶';
  };
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    show(false);
  };
  const set = (year: number) => {
    slider.value = String(year);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const step = () => (Number(slider.value) >= Number(slider.max) ? stop() : set(Number(slider.value) + 1));
  button.addEventListener('click', () => {
    if (timer !== undefined) return stop();
    if (slider.value === slider.max) set(Number(slider.min));
    show(true);
    timer = window.setInterval(step, pause());
  });
  slider.addEventListener('pointerdown', stop);
}
